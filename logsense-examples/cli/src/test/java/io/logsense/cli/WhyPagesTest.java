package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pages show of {@code logsense why} is what it prints. A line {@code …} stands for any lines.
 */
class WhyPagesTest {
  private static final Path ROOT = Path.of("../..");
  private static final String ANY = "…";

  @TempDir Path home;
  private List<String> printed = List.of();

  @BeforeEach
  void run() {
    Run.of(home, "analyze", Run.sample());
    String source = ROOT.resolve("logsense-examples/sample-app").toString();
    printed = lines(Run.of(home, "why", "jf1:dfcba56f", "--src", source).out());
  }

  private static List<String> lines(String text) {
    return text.lines().map(WhyPagesTest::withoutConfidence).toList();
  }

  /** Depends on all candidates, and says little of this one. */
  private static String withoutConfidence(String line) {
    return line.replaceAll("confidence \\d+ %", "confidence N %").stripTrailing();
  }

  @Test
  void theReadmeShowsTheMethodWithThePlantedBug() throws IOException {
    assertThat(shown("README.md")).contains("   com.shop.checkout.PriceCalculator#discountFor/1");
    assertShown("README.md");
  }

  @Test
  void theWalkThroughShowsTheBestCandidate() throws IOException {
    assertThat(shown("docs/root-cause.md"))
        .contains("1. com.shop.checkout.PriceCalculator#discountFor/1");
    assertShown("docs/root-cause.md");
  }

  private static List<String> shown(String page) throws IOException {
    return Arrays.stream(Files.readString(ROOT.resolve(page)).split("```"))
        .filter(block -> block.contains("PriceCalculator.java:18-21"))
        .findFirst()
        .map(block -> lines(block).stream().skip(1).toList())
        .orElseThrow();
  }

  private void assertShown(String page) throws IOException {
    int at = 0;
    boolean free = false;
    for (String line : shown(page)) {
      if (line.equals(ANY)) {
        free = true;
        continue;
      }
      while (free && at < printed.size() && !printed.get(at).equals(line)) {
        at++;
      }
      assertThat(at < printed.size() ? printed.get(at) : "the end").as(page).isEqualTo(line);
      free = false;
      at++;
    }
    assertThat(free || at == printed.size()).as("all of it").isTrue();
  }
}
