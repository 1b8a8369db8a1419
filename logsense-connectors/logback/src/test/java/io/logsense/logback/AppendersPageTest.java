package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/appenders.md} says. */
class AppendersPageTest {
  private static final Set<String> BY_CODE_ONLY = Set.of("engine", "name", "context");

  private static String page() throws IOException {
    return Files.readString(Path.of("../../docs/appenders.md"));
  }

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(page())
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void theSampleIsAConfigurationWithoutFault() throws IOException {
    List<String> samples = found("^```xml\n(<configuration>.*?)^```");
    assertThat(samples).hasSize(1);
    LoggerContext context = Contexts.configured(samples.get(0));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() > 0);
    LogSenseAppender appender =
        (LogSenseAppender) context.getLogger("ROOT").getAppender("LOGSENSE");
    context.getLogger("com.shop.Cart").info("sold item {}", 4711);
    context.stop();
    assertThat(appender.engine().snapshot().events()).isEqualTo(1);
  }

  @Test
  void theTableHasEverySetting() throws IOException {
    Set<String> settings =
        Arrays.stream(LogSenseAppender.class.getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("set"))
            .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
            .filter(name -> !BY_CODE_ONLY.contains(name))
            .collect(Collectors.toSet());
    String table = page().substring(page().indexOf("### Settings"), page().indexOf("### Floods"));
    List<String> documented =
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
            .matcher(table)
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    for (String test : found("`(\\w+Test\\.\\w+)`")) {
      String[] names = test.split("\\.");
      Path source = Path.of("src/test/java/io/logsense/logback", names[0] + ".java");
      if (!Files.exists(source)) {
        source = Path.of("../in-process/src/test/java/io/logsense/inprocess", names[0] + ".java");
      }
      assertThat(Files.readString(source)).contains("void " + names[1] + "(");
    }
  }
}
