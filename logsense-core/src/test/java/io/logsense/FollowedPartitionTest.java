package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Partitions that fail, are refused, vanish and come again. The time is the test's. */
class FollowedPartitionTest {
  /** A partition in which a message appears whenever it is asked for one, unless it fails. */
  private static final class Source implements LogSource {
    final List<String> opened = new ArrayList<>();
    final List<String> acknowledged = new ArrayList<>();
    List<String> partitions = List.of("0");
    Exception failure;
    boolean silent;
    boolean damaged;
    boolean broken;

    @Override
    public String id() {
      return "broker";
    }

    @Override
    public List<String> partitions() {
      failIfBroken();
      return partitions;
    }

    private void failIfBroken() {
      if (broken) {
        throw new IllegalStateException("defect");
      }
    }

    private void failIfAsked() throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
    }

    @Override
    public PartitionReader open(String partition, Checkpoint from) throws IOException {
      opened.add(from.value());
      failIfAsked();
      return new PartitionReader() {
        private int next = from.value().isEmpty() ? 0 : Integer.parseInt(from.value());
        private final RecordBuffer buffer = new RecordBuffer(1000);

        @Override
        public RecordBatch poll(Duration timeout) throws IOException {
          failIfAsked();
          buffer.clear();
          if (damaged) {
            damaged = false;
            next++;
            throw new LeftOutException("damaged", null);
          }
          if (!silent) {
            buffer.add("message " + next, next, LogEvent.NO_TIMESTAMP);
            next++;
          }
          return buffer.batch();
        }

        @Override
        public Checkpoint position() {
          failIfBroken();
          return new Checkpoint(Integer.toString(next));
        }

        @Override
        public void acknowledge(Checkpoint upTo) {
          failIfBroken();
          acknowledged.add(upTo.value());
        }

        @Override
        public Progress progress() {
          failIfBroken();
          return Progress.NONE;
        }

        @Override
        public void close() {
          failIfBroken();
        }
      };
    }
  }

  private static final class Recorder implements FollowedPartition.Engine {
    final List<Long> offsets = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    private final RecordStage stage = LogSense.builder().stage();

    @Override
    public void process(Chunk chunk) {
      chunk.prepare(stage);
      for (int i = 0; i < chunk.size(); i++) {
        offsets.add(chunk.record(i).position().offset());
      }
    }

    @Override
    public void format(Analysis.InputFormat format) {}

    @Override
    public void fail(String where, Exception e) {
      failures.add(where + ": " + e.getMessage());
    }
  }

  private static final class SavedPlaces implements Checkpoints {
    final List<Integer> places = new ArrayList<>();

    @Override
    public Checkpoint load(String key) {
      return Checkpoint.START;
    }

    @Override
    public void save(String key, Checkpoint position) {
      places.add(Integer.parseInt(position.value()));
    }

    @Override
    public @Nullable Checkpoint kept(String key) {
      return null;
    }

    @Override
    public boolean isSaving(String key) {
      return false;
    }
  }

  private final Source source = new Source();
  private final SavedPlaces saved = new SavedPlaces();
  private final Recorder engine = new Recorder();
  private final Checkpoints checkpoints = new KeptCheckpoints(null);
  private long now = Long.MAX_VALUE - 5_000_000_000L; // the clock may wrap

  private FollowedPartition follow(String partition) {
    return new FollowedPartition(
        source, partition, LogSense.builder(), engine, checkpoints, () -> now);
  }

  private void step(FollowedPartition one, int times, Duration between)
      throws InterruptedException {
    for (int i = 0; i < times; i++) {
      one.step(Duration.ZERO);
      now += between.toNanos();
    }
  }

  @Test
  void aPartitionThatFailsIsReadOnWhereItWas() throws InterruptedException {
    FollowedPartition one = follow("0");
    step(one, 5, Duration.ofMillis(1));
    source.failure = new IOException("reset");
    step(one, 3, Duration.ofMillis(1));
    assertThat(one.isWaiting()).isTrue();
    assertThat(source.opened).containsExactly("");
    source.failure = null;
    step(one, 2, Duration.ofMillis(200));
    step(one, 5, Duration.ofMillis(1));
    one.finish();

    assertThat(source.opened).containsExactly("", "5");
    assertThat(engine.offsets)
        .doesNotHaveDuplicates()
        .isSorted()
        .startsWith(0L)
        .hasSizeGreaterThan(9);
    assertThat(engine.failures).isEmpty();
  }

  @Test
  void whatCanNeverBeReadIsToldAndTheRestIsRead() throws InterruptedException {
    FollowedPartition one = follow("0");
    step(one, 5, Duration.ofMillis(1));
    source.damaged = true;
    step(one, 5, Duration.ofMillis(1));
    one.finish();

    assertThat(engine.failures).containsExactly("broker/0: damaged");
    assertThat(source.opened).containsExactly("");
    assertThat(engine.offsets).containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
  }

  @Test
  void aPartitionThatGoesOnFailingIsToldOnceAndTriedMoreAndMoreSeldom()
      throws InterruptedException {
    FollowedPartition one = follow("0");
    source.failure = new IOException("unreachable");
    step(one, 36_000, Duration.ofMillis(100)); // an hour
    assertThat(engine.failures).containsExactly("broker/0: unreachable");
    assertThat(source.opened).hasSizeBetween(120, 260);

    source.failure = null;
    step(one, 400, Duration.ofMillis(100));
    one.finish();
    assertThat(engine.offsets).startsWith(0L, 1L, 2L);
  }

  @Test
  void aPartitionThatIsRefusedIsADeadLetterOnceAndTriedRarely() throws InterruptedException {
    FollowedPartition one = follow("0");
    source.failure = new LogSenseException(Category.EXTERNAL, "access denied");
    step(one, 36_000, Duration.ofMillis(100));
    assertThat(engine.failures).containsExactly("broker/0: access denied");
    assertThat(source.opened).hasSizeBetween(5, 15);

    source.failure = null;
    step(one, 20_000, Duration.ofMillis(100));
    one.finish();
    assertThat(engine.offsets).startsWith(0L, 1L);
  }

  @Test
  void aConnectorWithAFaultIsToldOnceAndTriedAgain() throws InterruptedException {
    FollowedPartition one = follow("0");
    step(one, 100, Duration.ofMillis(100));
    source.broken = true;
    source.failure = new IllegalStateException("defect");
    step(one, 600, Duration.ofMillis(100));
    assertThat(one.behind()).isZero();
    assertThat(engine.failures).containsExactly("broker/0: defect");

    source.broken = false;
    source.failure = null;
    step(one, 1200, Duration.ofMillis(100));
    source.broken = true;
    one.behind();
    one.finish();
    one.close();
    assertThat(one.isClosed()).isTrue();
    assertThat(source.opened).hasSizeGreaterThan(1);
    assertThat(source.opened.get(source.opened.size() - 1)).isNotEmpty();
    assertThat(engine.offsets).contains(38L, 39L, 40L, 41L);
  }

  @Test
  void aFaultWhilePartitionsAreListedIsToldOnce() {
    SourceListing listing = new SourceListing(source, this::follow, engine, () -> now);
    source.broken = true;
    for (int i = 0; i < 3; i++) {
      assertThat(listing.refresh()).isEmpty();
      now += SourceListing.INTERVAL.toNanos();
    }
    assertThat(engine.failures).containsExactly("broker: defect");
    source.broken = false;
    assertThat(listing.refresh()).hasSize(1);
  }

  @Test
  void whatIsKeptIsAcknowledged() throws InterruptedException {
    FollowedPartition one = follow("0");
    step(one, 400, Duration.ofMillis(100));

    assertThat(source.acknowledged).isNotEmpty();
    int last = Integer.parseInt(source.acknowledged.get(source.acknowledged.size() - 1));
    assertThat(last).isBetween(200, 399);
    assertThat(engine.offsets).contains(last - 1L);
    one.finish();
    one.close();
    assertThat(source.acknowledged).endsWith("400");
  }

  @Test
  void aRestartNeverBeginsInsideARecord() throws InterruptedException {
    String log = LogSenseTest.shop(3000);
    List<String> lines = log.lines().toList();
    FollowedPartition one =
        new FollowedPartition(
            LinesSource.of(log, 7), "lines", LogSense.builder(), engine, saved, () -> now);
    step(one, lines.size() / 7, Duration.ofSeconds(2));

    assertThat(saved.places).hasSizeGreaterThan(100).isSorted();
    assertThat(saved.places).allMatch(place -> lines.get(place).startsWith("2026-05-01 "));
    assertThat(saved.places).allMatch(place -> place > 0);
  }

  @Test
  void aPartitionOfSeveralWritersIsNeverQuietAndStillHasPlacesToBeginAt()
      throws InterruptedException {
    List<String> lines = containerLog(new Random(7), 12_000);
    FollowedPartition one =
        new FollowedPartition(
            LinesSource.of(String.join("\n", lines) + "\n", 3).inFilesOf(501),
            "lines",
            LogSense.builder(),
            engine,
            saved,
            () -> now);
    for (int i = 0; i < lines.size() / 3; i += 5) {
      step(one, 5, Duration.ofMillis(100));
      now += TimeUnit.SECONDS.toNanos(10); // the engine is held up
    }

    assertThat(saved.places).hasSizeGreaterThan(50).isSorted();
    int last = saved.places.get(saved.places.size() - 1);
    assertThat(last).isGreaterThan(lines.size() - 300);
    for (int place : saved.places) {
      for (String stream : List.of(" stdout ", " stderr ")) {
        assertThat(beginsRecord(lines, place, stream)).as(stream + place).isTrue();
      }
    }
  }

  @Test
  void aLineThatNeverEndsComesOutAsWhereItBegan() throws InterruptedException {
    StringBuilder log = new StringBuilder("2026-05-01T10:00:00.000000000Z stderr P begun\n");
    for (int i = 0; i < 600; i++) {
      log.append("2026-05-01T10:00:00.000000000Z stdout F message ").append(i).append('\n');
    }
    FollowedPartition one =
        new FollowedPartition(
            LinesSource.of(log.toString(), 3),
            "lines",
            LogSense.builder(),
            engine,
            saved,
            () -> now);
    step(one, 200, Duration.ofMillis(100));

    assertThat(engine.offsets).doesNotHaveDuplicates().contains(0L);
    assertThat(saved.places).isNotEmpty();
  }

  /** A busy standard output with traces and split lines beside an error output that seldom says. */
  private static List<String> containerLog(Random random, int size) {
    List<String> lines = new ArrayList<>();
    lines.add("2026-05-01T10:00:00.000000000Z stderr P without an end");
    while (lines.size() < size) {
      boolean rare = random.nextInt(20) == 0;
      String start = "2026-05-01T10:00:00.000000000Z " + (rare ? "stderr" : "stdout");
      String header = "2026-05-01 10:00:00,000 ERROR [main] shop.Cart - cannot add ";
      if (random.nextInt(10) == 0) {
        lines.add(start + " P " + header);
        lines.add(start + " F " + "the rest of it");
      } else {
        lines.add(start + " F " + header + lines.size());
      }
      for (int frames = random.nextInt(8) - 4; frames > 0; frames--) {
        String busy = "2026-05-01T10:00:00.000000000Z stdout F " + header;
        for (int others = rare ? random.nextInt(12) : 0; others > 0; others--) {
          lines.add(busy + lines.size());
        }
        lines.add(start + " F \tat shop.Cart.add(Cart.java:" + frames + ")");
      }
    }
    return lines;
  }

  /** Whether what a writer says next is no part of what it said in the last five seconds. */
  private static boolean beginsRecord(List<String> lines, int place, String stream) {
    int next = place;
    while (next < lines.size() && !lines.get(next).contains(stream)) {
      next++;
    }
    int before = place - 1;
    while (before >= 0 && !lines.get(before).contains(stream)) {
      before--;
    }
    return next == lines.size()
        || next - before > 45
        || (lines.get(next).contains("ERROR") && !lines.get(before).contains(stream + "P "));
  }

  @Test
  void partitionsComeGoAndComeAgain() throws InterruptedException {
    SourceListing listing = new SourceListing(source, this::follow, engine, () -> now);
    List<FollowedPartition> first = listing.refresh();
    assertThat(first).extracting(FollowedPartition::partition).containsExactly("0");
    step(first.get(0), 3, Duration.ofMillis(1));

    source.partitions = List.of("1");
    assertThat(listing.refresh()).isEmpty();
    now += SourceListing.INTERVAL.toNanos();
    assertThat(listing.refresh()).extracting(FollowedPartition::partition).containsExactly("1");
    step(first.get(0), 3, Duration.ofMillis(1));
    assertThat(first.get(0).isClosed()).isFalse();
    source.silent = true;
    step(first.get(0), 100, Duration.ofMillis(100));
    assertThat(first.get(0).isClosed()).isTrue();
    assertThat(engine.offsets).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);

    now += SourceListing.INTERVAL.toNanos();
    assertThat(listing.refresh()).isEmpty();
    source.partitions = List.of("0", "1");
    source.silent = false;
    now += SourceListing.INTERVAL.toNanos();
    List<FollowedPartition> again = listing.refresh();
    assertThat(again).extracting(FollowedPartition::partition).containsExactly("0");
    step(again.get(0), 1, Duration.ofMillis(1));
    assertThat(source.opened).endsWith("6");
  }

  @Test
  void pausesGrow() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 7);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      pauses.add(TimeUnit.NANOSECONDS.toMillis(backoff.failed()));
    }
    assertThat(pauses.get(0)).isBetween(50L, 100L);
    assertThat(pauses.get(1)).isBetween(100L, 200L);
    assertThat(pauses.get(5)).isBetween(500L, 1000L);
    assertThat(backoff.failures()).isEqualTo(6);
    backoff.worked();
    assertThat(TimeUnit.NANOSECONDS.toMillis(backoff.failed())).isBetween(50L, 100L);
  }
}
