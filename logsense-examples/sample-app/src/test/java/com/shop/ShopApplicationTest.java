package com.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.LogSense;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopApplicationTest {
  private static final Path SHIPPED = Path.of("..", "sample", "shop.log");

  @TempDir Path folder;

  @Test
  void theShippedLogIsWhatTheApplicationWrites() throws IOException {
    Path written = folder.resolve("shop.log");

    ShopApplication.writeLog(written, ShopApplication.SEED);

    assertThat(groups(written)).isEqualTo(groups(SHIPPED));
  }

  @Test
  void theSameSeedWritesTheSameLog() throws IOException {
    Path first = folder.resolve("first.log");
    Path second = folder.resolve("second.log");

    ShopApplication.writeLog(first, 7);
    ShopApplication.writeLog(second, 7);

    assertThat(withoutFrames(first)).isEqualTo(withoutFrames(second)).contains("ERROR");
  }

  /** The JDK's own frames differ between its versions; ids and counts of groups must not. */
  private static Map<String, Long> groups(Path log) {
    return LogSense.analyze(log).groups().stream()
        .collect(Collectors.toMap(group -> group.id() + " " + group.title(), Group::count));
  }

  private static String withoutFrames(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> !line.startsWith("\t"))
        .collect(Collectors.joining("\n"));
  }
}
