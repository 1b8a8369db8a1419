package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that exits while nobody stops the context. */
class ExitTest {
  private static final String XML =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%msg %X{logsense.reduced}%n</pattern></encoder>
        </appender>
        <appender name="LOGSENSE" class="io.logsense.logback.LogSenseAppender">
          <reduce>true</reduce>
          <queueSize>1000</queueSize>
          <flushAtExit>${flush}</flushAtExit>
          <appender-ref ref="OUT"/>
        </appender>
        <root level="INFO"><appender-ref ref="LOGSENSE"/></root>
      </configuration>
      """;

  /** A program. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      LoggerContext context = Contexts.configured(XML.replace("${flush}", arguments[0]));
      for (int i = 0; i < 500; i++) {
        context.getLogger("com.shop.Cart").error("cannot sell item {}", i);
      }
    }
  }

  /** The sum of all lines that the program printed: a summary counts for what it says. */
  private static long counted(boolean flush) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                String.valueOf(flush))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    List<String> lines = output.lines().filter(line -> line.contains("cannot sell")).toList();
    return lines.stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(reduced -> reduced.isEmpty() ? 1 : Long.parseLong(reduced))
        .sum();
  }

  @Test
  void whatWasLeftOutIsWrittenAtExit() throws Exception {
    assertThat(counted(true)).isEqualTo(500);
  }

  @Test
  void withoutThatItIsLost() throws Exception {
    assertThat(counted(false)).isLessThan(500);
  }
}
