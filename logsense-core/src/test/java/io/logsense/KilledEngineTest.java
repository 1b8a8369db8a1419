package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in a store when the process of the engine dies without a word. */
class KilledEngineTest {
  private static final int RECORDS = 6000;
  private static final int KILLS = 3;

  @TempDir Path dir;

  /** Follows a file until it is killed. */
  public static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      LogSense.builder()
          .source(Sources.tail(Path.of(args[0])))
          .store(new FileBackedStore(Path.of(args[1])))
          .build()
          .start();
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  @Test
  void everyRecordIsInTheStoreOnce() throws Exception {
    Path log = dir.resolve("app.log");
    Path stored = dir.resolve("stored");
    Random random = new Random(5);
    int written = 0;
    for (int kill = 0; kill <= KILLS; kill++) {
      int until = kill == KILLS ? RECORDS : RECORDS * (kill + 1) / (KILLS + 1);
      write(log, written, until);
      written = until;
      long enough = size(stored) + 20_000 + random.nextInt(60_000);
      Process child = start(log, stored);
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> kill(stored, enough) || complete(stored, until));
      } finally {
        child.destroyForcibly().waitFor();
      }
    }
    Process child = start(log, stored);
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> complete(stored, RECORDS));
    } finally {
      child.destroyForcibly().waitFor();
    }

    FileBackedStore store = new FileBackedStore(stored);
    assertThat(store.messages()).hasSize(RECORDS);
    assertThat(store.messages().values()).doesNotHaveDuplicates();
    assertThat(store.checkpoints()).hasSize(1);
  }

  private static boolean kill(Path stored, long enough) throws IOException {
    return size(stored) >= enough;
  }

  private static boolean complete(Path stored, int records) throws IOException {
    return Files.exists(stored)
        && Files.readString(stored).contains("record no" + (records - 1) + "x");
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static Process start(Path log, Path stored) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            log.toString(),
            stored.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void write(Path log, int from, int to) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("2026-05-01 10:%02d:%02d,%03d ".formatted(i / 60 % 60, i % 60, i % 1000));
      text.append(i % 9 == 4 ? "ERROR" : "INFO ");
      text.append(" [main] com.shop.Order - record no").append(i).append("x\n");
      if (i % 9 == 4) {
        text.append("java.lang.IllegalStateException: no stock\n");
        text.append("\tat com.shop.Stock.take(Stock.java:3)\n".repeat(i % 40));
      }
    }
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
