package io.logsense.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What Log4j2 reaches by reflection, written while the plugin is compiled. */
class NativeImageTest {
  private static final String METADATA =
      "/META-INF/native-image/log4j-generated/io.logsense/logsense-log4j2/reflect-config.json";

  private static List<String> values(String json, String key) {
    List<String> values = new ArrayList<>();
    String start = "\"" + key + "\":\"";
    for (int at = json.indexOf(start); at >= 0; at = json.indexOf(start, at + 1)) {
      int from = at + start.length();
      values.add(json.substring(from, json.indexOf('"', from)));
    }
    return values;
  }

  @Test
  void everyClassFieldAndMethodThatIsNamedExists() throws Exception {
    String json;
    try (InputStream in = NativeImageTest.class.getResourceAsStream(METADATA)) {
      byte[] bytes = Objects.requireNonNull(in, METADATA).readAllBytes();
      json = new String(bytes, StandardCharsets.UTF_8).replaceAll("\\s", "");
    }
    List<String> names = new ArrayList<>();
    for (String type : json.split("(?=\\{\"name\":\"io\\.)")) {
      List<String> found = values(type, "name");
      if (!found.isEmpty()) {
        Class<?> declared = Class.forName(found.get(0));
        names.add(declared.getSimpleName());
        for (String member : found.subList(1, found.size())) {
          assertThat(
                  Class.forName(found.get(0)).getDeclaredFields().length > 0
                      && (hasField(declared, member) || hasMethod(declared, member)))
              .as("%s.%s", declared, member)
              .isTrue();
        }
      }
    }
    assertThat(names).contains("LogSenseAppender", "LogSenseAppenderBuilder");
  }

  private static boolean hasField(Class<?> type, String name) {
    return List.of(type.getDeclaredFields()).stream().anyMatch(f -> f.getName().equals(name));
  }

  private static boolean hasMethod(Class<?> type, String name) {
    return name.equals("<init>")
        || List.of(type.getDeclaredMethods()).stream().anyMatch(m -> m.getName().equals(name));
  }
}
