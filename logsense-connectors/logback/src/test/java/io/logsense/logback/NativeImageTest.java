package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What Logback reaches by reflection when it reads XML must be named for native images. */
class NativeImageTest {
  private static final String METADATA =
      "/META-INF/native-image/io.logsense/logsense-logback/reachability-metadata.json";

  @Test
  void theAppenderItsConstructorAndItsSettersAreDeclared() throws Exception {
    try (InputStream in = NativeImageTest.class.getResourceAsStream(METADATA)) {
      String json =
          new String(Objects.requireNonNull(in, METADATA).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(json)
          .contains("\"type\": \"" + LogSenseAppender.class.getName() + "\"")
          .contains("\"allPublicMethods\": true")
          .contains("\"name\": \"<init>\", \"parameterTypes\": []")
          .doesNotContain(Naive.class.getName());
    }
    assertThat(LogSenseAppender.class.getConstructor()).isNotNull();
  }
}
