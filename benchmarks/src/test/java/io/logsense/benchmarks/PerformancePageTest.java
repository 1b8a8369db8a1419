package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/performance.md");

  @Test
  void everyRunThatThePageNamesExists() throws IOException {
    List<String> runs = found("benchmarks/run ([a-z-]+)");
    assertThat(runs).hasSizeGreaterThan(3);
    assertThat(Run.names()).containsAll(runs.stream().filter(name -> !name.equals("jmh")).toList());
  }

  @Test
  void everyPictureIsThereAndSmall() throws IOException {
    for (String picture : found("!\\[[^]]*]\\(([^)]+)\\)")) {
      assertThat(PAGE.resolveSibling(picture)).exists();
      assertThat(Files.size(PAGE.resolveSibling(picture))).isLessThan(200_000);
    }
  }

  @Test
  void everyTestThatHoldsAPromiseExists() throws IOException {
    List<String> tests = found("`(\\w+Test)`");
    assertThat(tests).isNotEmpty();
    try (Stream<Path> files = Files.walk(ROOT.resolve("logsense-core/src/test"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).containsAll(tests.stream().map(test -> test + ".java").toList());
    }
  }

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
