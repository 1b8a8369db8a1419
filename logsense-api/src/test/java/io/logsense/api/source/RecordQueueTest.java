package io.logsense.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.telemetry.Measure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000000005Z");
  private static final long NOON_NANOS = NOON.getEpochSecond() * 1_000_000_000L + 5;

  private final RecordQueue queue = new RecordQueue(400, 10, () -> NOON);

  private static Closeable nothing() {
    return () -> {};
  }

  private static List<byte[]> texts(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<String> poll(PartitionReader reader) throws Exception {
    RecordBatch batch = reader.poll(Duration.ZERO);
    assertThat(batch).isNotNull();
    List<String> records = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String text =
          new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.UTF_8);
      records.add(text + " " + (batch.offset(i) - NOON_NANOS) + (batch.truncated(i) ? " cut" : ""));
      assertThat(batch.time(i)).isEqualTo(NOON_NANOS);
    }
    return records;
  }

  private double measure(String name) {
    return queue.measures().stream()
        .filter(measure -> measure.name().endsWith(name))
        .mapToDouble(measure -> measure.value().getAsDouble())
        .sum();
  }

  @Test
  void recordsComeInOrderAndAreNumbered() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    assertThat(queue.offer(texts("a", "b"))).isTrue();
    queue.put(texts("more than ten"));

    assertThat(poll(reader)).containsExactly("a 0", "b 1", "more than  2 cut");
    assertThat(poll(reader)).isEmpty();
    queue.put(texts("c"));
    assertThat(poll(reader)).containsExactly("c 3");
    assertThat(reader.position()).isEqualTo(Checkpoint.START);
  }

  @Test
  void aTimeThatTheSenderStatesIsKept() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    queue.put(texts("a", "b"), new long[] {-7, LogEvent.NO_TIMESTAMP});
    RecordBatch batch = reader.poll(Duration.ZERO);
    assertThat(batch.time(0)).isEqualTo(-7);
    assertThat(batch.time(1)).isEqualTo(NOON_NANOS);
    assertThatThrownBy(() -> queue.put(texts("a", "b"), new long[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 texts, but 1 times");
  }

  @Test
  void allRecordsOfOneHandoverAreTakenOrNone() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    assertThat(queue.offer(texts("a", "b", "c", "d"))).isTrue();
    assertThat(measure("waiting")).isEqualTo(4 * 65);
    assertThat(queue.offer(texts("e", "f", "g"))).isFalse();
    queue.dropped(3);
    assertThat(queue.offer(texts("h"))).isTrue();

    assertThat(poll(reader)).containsExactly("a 0", "b 1", "c 2", "d 3", "h 4");
    assertThat(measure("received")).isEqualTo(5);
    assertThat(measure("dropped")).isEqualTo(3);
    assertThat(measure("waiting")).isZero();
    assertThat(queue.measures()).extracting(Measure::name).doesNotHaveDuplicates();
  }

  @Test
  void whatIsLargerThanTheQueueHasRoomWhenItIsEmpty() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    assertThat(queue.offer(texts("1", "2", "3", "4", "5", "6", "7", "8"))).isTrue();
    assertThat(queue.offer(texts("9"))).isFalse();
    assertThat(poll(reader)).hasSize(8);
  }

  @Test
  void whoeverFindsNoRoomWaitsForTheReader() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    queue.put(texts("1", "2", "3", "4", "5", "6"));
    FutureTask<Boolean> sender =
        new FutureTask<>(
            () -> {
              queue.put(texts("7"));
              return true;
            });
    Thread thread = new Thread(sender);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(sender.isDone()).isFalse();

    assertThat(poll(reader)).hasSize(6);
    assertThat(sender.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(poll(reader)).containsExactly("7 6");
  }

  @Test
  void closingEndsEveryWaitAndTheListener() throws Exception {
    List<String> closed = new ArrayList<>();
    PartitionReader reader = queue.open(RecordQueue.PARTITION, () -> () -> closed.add("listener"));
    queue.put(texts("1", "2", "3", "4", "5", "6"));
    FutureTask<Boolean> sender =
        new FutureTask<>(
            () -> {
              queue.put(texts("7"));
              return true;
            });
    new Thread(sender).start();
    reader.close();

    assertThatThrownBy(() -> sender.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader.poll(Duration.ZERO)).isInstanceOf(IOException.class);
    assertThat(queue.offer(texts("8"))).isFalse();
    assertThat(closed).containsExactly("listener");
    assertThat(poll(queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing))).hasSize(6);
  }

  @Test
  void thereIsOneReaderAtATime() throws Exception {
    PartitionReader reader = queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing);
    assertThatThrownBy(() -> queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("read already");
    reader.close();
    assertThatThrownBy(
            () ->
                queue.open(
                    RecordQueue.PARTITION,
                    () -> {
                      throw new IOException("the port is taken");
                    }))
        .hasMessage("the port is taken");
    queue.open(RecordQueue.PARTITION, RecordQueueTest::nothing).close();
  }
}
