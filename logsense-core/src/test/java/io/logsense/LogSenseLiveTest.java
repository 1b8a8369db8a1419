package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.awaitility.Awaitility.await;

import io.logsense.api.event.StackFrame;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSenseLiveTest {
  @TempDir Path dir;

  @Test
  void groupsAppearWhileTheFileGrows() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(450));
    List<String> titles = new CopyOnWriteArrayList<>();
    try (LogSense sense =
        LogSense.builder()
            .source(Sources.tail(log))
            .onNewGroup(group -> titles.add(group.title()))
            .build()) {
      sense.start();
      await().until(() -> sense.snapshot().records() == 450);

      append(
          log,
          "2026-05-01 12:00:00,000 ERROR [main] com.shop.Tax - failed\n"
              + "java.lang.ArithmeticException: / by zero\n\tat com.shop.Tax.rate(Tax.java:9)\n");
      await().until(() -> titles.contains("ArithmeticException: / by zero"));
      assertThat(counted(sense.snapshot())).isEqualTo(451);
    }
  }

  @Test
  void aBannerDoesNotDecideTheFormatForGood() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), "Shop 2.3, starting\n");
    try (LogSense sense = LogSense.builder().source(Sources.tail(log)).build()) {
      sense.start();
      await().until(() -> sense.snapshot().records() == 1);
      append(log, LogSenseTest.shop(40));
      await().until(() -> sense.snapshot().formats().size() == 2);
      append(log, LogSenseTest.shop(40));
      await().until(() -> sense.snapshot().records() >= 80);

      assertThat(sense.snapshot().formats().get(0).format()).isEqualTo("plain-text");
      assertThat(sense.snapshot().formats().get(1).format()).startsWith("log");
      assertThat(sense.snapshot().top(5))
          .anyMatch(group -> group.location().startsWith("com.shop.Cart.total"));
    }
  }

  @Test
  void closeCompletesWhatWasRead() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(5));
    LogSense sense = LogSense.builder().source(Sources.tail(log)).build();
    sense.start();
    sense.close();
    sense.close();

    assertThat(counted(sense.snapshot())).isEqualTo(sense.snapshot().events());
  }

  @Test
  void aRestartGoesOnWhereTheLastRunStopped() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(500));
    Path checkpoints = dir.resolve("checkpoints");
    try (LogSense first =
        LogSense.builder().source(Sources.tail(log)).checkpoints(checkpoints).build()) {
      first.start();
      await().until(() -> first.snapshot().records() == 500);
    }
    append(log, "2026-05-01 12:00:00,000 WARN  [main] com.shop.Stock - sold out\n".repeat(3));

    try (LogSense second =
        LogSense.builder().source(Sources.tail(log)).checkpoints(checkpoints).build()) {
      second.start();
      await().until(() -> second.snapshot().records() == 3);
    }
  }

  @Test
  void aCheckpointFileThatCannotBeWrittenStopsNothing() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(20));
    Path blocked = Files.writeString(dir.resolve("file"), "").resolve("checkpoints");
    try (LogSense sense =
        LogSense.builder().source(Sources.tail(log)).checkpoints(blocked).build()) {
      sense.start();
      await().until(() -> sense.snapshot().records() == 20);
    }
  }

  @Test
  void aFileThatComesLaterIsFollowedToo() throws IOException {
    Files.writeString(dir.resolve("a.log"), LogSenseTest.shop(5));
    try (LogSense sense = LogSense.builder().source(Sources.tail(dir)).build()) {
      sense.start();
      await().until(() -> sense.snapshot().records() == 5);

      Files.writeString(dir.resolve("b.log"), LogSenseTest.shop(7));
      await().until(() -> sense.snapshot().records() == 12);
    }
  }

  @Test
  void theFirstFileOfAnEmptyDirectoryIsFollowed() throws IOException {
    try (LogSense sense = LogSense.builder().source(Sources.tail(dir)).build()) {
      sense.start();
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      Files.writeString(dir.resolve("a.log"), LogSenseTest.shop(7));

      await().until(() -> sense.snapshot().records() == 7);
    }
  }

  @Test
  void aTraceWhoseWriterPausesStaysOneRecord() throws IOException {
    String trace = "java.lang.ArithmeticException: / by zero\n\tat com.shop.Tax.rate(Tax.java:9)\n";
    Path log =
        Files.writeString(
            dir.resolve("app.log"),
            "2026-05-01 12:00:00,000 ERROR [main] com.shop.Tax - failed\n" + trace);
    try (LogSense sense = LogSense.builder().source(Sources.tail(log)).build()) {
      sense.start();
      await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
      append(log, "\tat com.shop.Main.main(Main.java:3)\n");

      await().until(() -> sense.snapshot().records() == 1);
      assertThat(sense.snapshot().groups().get(0).representative().exception())
          .extracting(exception -> exception.error().frames(), list(StackFrame.class))
          .hasSize(2);
    }
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  private static long counted(Analysis analysis) {
    return analysis.groups().stream().mapToLong(Group::count).sum();
  }
}
