package io.logsense.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  @Test
  void theThreeWorstProblemsOfTheSampleArePrinted() {
    assertThat(output("../sample/shop.log").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("[0-9]+ x .+"))
        .anyMatch(line -> line.startsWith("23 x ConcurrentModificationException"));
  }

  private static String output(String log) {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[] {log});
    } finally {
      System.setOut(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
