package io.logsense.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** One run of the command: what it was given, what it printed and how it ended. */
record Run(int code, String out, String err) {
  private static final Path SAMPLE = Path.of("..", "sample", "shop.log");

  static String sample() {
    return SAMPLE.toString();
  }

  static Run of(Path home, String... args) {
    return new Terminal(home).run(args);
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }

  /** A terminal to run the command in; by default none at all. */
  static final class Terminal {
    private final Map<String, String> environment = new HashMap<>();
    private final Properties properties = new Properties();
    private byte[] input = {};

    Terminal(Path home) {
      environment.put("LOGSENSE_HOME", home.toString());
    }

    Terminal set(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    Terminal interactive() {
      properties.setProperty("logsense.terminal", "out,err");
      return this;
    }

    Terminal type(String text) {
      input = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    Run run(String... args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console =
          Console.of(out, err, new ByteArrayInputStream(input), environment, properties);
      int code = Main.run(console, args);
      return new Run(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
