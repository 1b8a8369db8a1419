package io.logsense.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import io.logsense.api.telemetry.Measure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResilienceTest {
  /** Time that goes on when somebody waits. */
  private static final class Time implements Waiting {
    final List<Long> millis = new ArrayList<>();
    long now = 1_000_000_000L;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void await(long nanos) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (nanos > 0) {
        millis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
        now += nanos;
      }
    }
  }

  private static final ResilienceSettings SETTINGS =
      ResilienceSettings.builder()
          .attempts(4)
          .pauses(Duration.ofMillis(100), Duration.ofMillis(300))
          .jitter(0)
          .circuit(10, 50, Duration.ofSeconds(30))
          .build();

  private final Time time = new Time();
  private final Guard guard = new Guard("source test", SETTINGS, time);
  private int calls;

  private Callable<String> failing(int times, Exception e) {
    return () -> {
      if (calls++ < times) {
        throw e;
      }
      return "done";
    };
  }

  private double measure(String name) {
    return guard.measures().stream()
        .filter(m -> m.name().equals("logsense.resilience." + name))
        .findAny()
        .map(m -> m.value().getAsDouble())
        .orElseThrow();
  }

  @Test
  void whatMayPassIsTriedAgainAfterGrowingPauses() throws Exception {
    assertThat(guard.call(failing(3, new IOException("reset")))).isEqualTo("done");
    assertThat(calls).isEqualTo(4);
    assertThat(time.millis).containsExactly(100L, 200L, 300L);
    assertThat(measure("retries")).isEqualTo(3);

    calls = 0;
    LogSenseException busy = new LogSenseException(Category.TRANSIENT, "busy");
    assertThatThrownBy(() -> guard.call(failing(9, busy))).isSameAs(busy);
    assertThat(calls).isEqualTo(4);
    assertThat(measure("failures")).isEqualTo(1);
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    for (Category category : Category.values()) {
      calls = 0;
      LogSenseException refused = new LogSenseException(category, "no");
      assertThatThrownBy(() -> guard.call(failing(9, refused))).isSameAs(refused);
      assertThat(calls).isEqualTo(category == Category.TRANSIENT ? 4 : 1);
    }
    calls = 0;
    assertThatThrownBy(() -> guard.call(failing(9, new IllegalStateException("x"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void pausesAreRandomAndFollowFromTheSeed() throws Exception {
    List<List<Long>> pauses = new ArrayList<>();
    for (long seed : new long[] {7, 7, 8}) {
      Time own = new Time();
      calls = 0;
      ResilienceSettings settings =
          ResilienceSettings.builder()
              .attempts(6)
              .pauses(Duration.ofSeconds(1), Duration.ofSeconds(60))
              .jitter(0.5)
              .seed(seed)
              .build();
      new Guard("x", settings, own).call(failing(5, new IOException("reset")));
      pauses.add(own.millis);
    }
    assertThat(pauses.get(0)).isEqualTo(pauses.get(1)).isNotEqualTo(pauses.get(2));
    for (int i = 0; i < 5; i++) {
      assertThat(pauses.get(0).get(i)).isBetween(500L << i, 1000L << i);
    }
  }

  @Test
  void aSystemThatGoesOnFailingIsLeftAloneAndTriedAgainLater() throws Exception {
    IOException down = new IOException("down");
    for (int i = 0; i < 3; i++) {
      calls = 0;
      assertThatThrownBy(() -> guard.call(failing(99, down))).isInstanceOf(Exception.class);
    }
    assertThat(measure("state")).isEqualTo(2);
    assertThat(measure("opened")).isEqualTo(1);
    calls = 0;
    assertThatThrownBy(() -> guard.call(failing(99, down)))
        .hasMessageContaining("source test is left alone")
        .hasCause(down);
    assertThat(calls).isZero();

    time.now += Duration.ofSeconds(31).toNanos();
    assertThat(guard.call(failing(0, down))).isEqualTo("done");
    assertThat(measure("state")).isZero();
  }

  @Test
  void callsAreSpacedOut() throws Exception {
    Guard paced = new Guard("x", ResilienceSettings.builder().callsPerSecond(2).build(), time);
    long start = System.nanoTime();
    for (int i = 0; i < 11; i++) {
      paced.call(() -> "done");
    }
    long waited = time.millis.isEmpty() ? 0 : time.millis.get(time.millis.size() - 1);
    long gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(waited + gone).isGreaterThanOrEqualTo(4490);
  }

  @Test
  void settingsThatMakeNoSenseAreAllNamed() {
    assertThatThrownBy(
            () -> ResilienceSettings.builder().attempts(0).jitter(2).callsPerSecond(-1).build())
        .hasMessageContaining("attempts is 0")
        .hasMessageContaining("jitter is 2.0")
        .hasMessageContaining("callsPerSecond is -1");
  }

  /** A partition with one message a poll, of which some polls fail. */
  private final class Source implements LogSource {
    int failures;
    IOException failure = new IOException("reset");
    Duration asked = Duration.ZERO;

    @Override
    public String id() {
      return "test";
    }

    @Override
    public List<String> partitions() throws IOException {
      fail();
      return List.of("0");
    }

    private void fail() throws IOException {
      if (failures-- > 0) {
        throw failure;
      }
    }

    @Override
    public PartitionReader open(String partition, Checkpoint from) throws IOException {
      fail();
      RecordBuffer buffer = new RecordBuffer(100);
      return new PartitionReader() {
        private int next;

        @Override
        public RecordBatch poll(Duration timeout) throws IOException {
          asked = timeout;
          fail();
          buffer.clear();
          buffer.add("message", next++, LogEvent.NO_TIMESTAMP);
          return buffer.batch();
        }

        @Override
        public Checkpoint position() {
          return new Checkpoint(Integer.toString(next));
        }

        @Override
        public void acknowledge(Checkpoint upTo) throws IOException {
          fail();
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void whatIsLeftOutIsSaidAndNotTriedAgain() throws Exception {
    Source source = new Source();
    PartitionReader reader =
        new Resilience(SETTINGS, time).source(source).open("0", Checkpoint.START);
    source.failures = 1;
    source.failure = new LeftOutException("damaged", null);
    assertThatThrownBy(() -> reader.poll(Duration.ofMinutes(1))).isSameAs(source.failure);
    assertThat(reader.poll(Duration.ofMinutes(1)).size()).isEqualTo(1);
  }

  @Test
  void aPollKeepsToItsTime() throws Exception {
    Source source = new Source();
    source.failures = 1;
    LogSource guarded = new Resilience(SETTINGS, time).source(source);
    assertThat(guarded.partitions()).containsExactly("0");
    PartitionReader reader = guarded.open("0", Checkpoint.START);

    source.failures = 2;
    long start = time.now;
    assertThat(reader.poll(Duration.ofMillis(150)).isEmpty()).isTrue();
    assertThat(time.now - start).isEqualTo(Duration.ofMillis(150).toNanos());
    assertThat(reader.poll(Duration.ZERO).isEmpty()).isTrue();
    assertThat(reader.poll(Duration.ofMillis(149)).isEmpty()).isTrue();
    RecordBatch batch = reader.poll(Duration.ofMillis(150));
    assertThat(batch.size()).isEqualTo(1);
    assertThat(source.asked).isLessThanOrEqualTo(Duration.ofMillis(150));
    assertThat(reader.position()).hasToString("1");

    source.failures = 99;
    assertThatThrownBy(() -> reader.poll(Duration.ofMinutes(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
    assertThat(source.failures).isEqualTo(95);
  }

  @Test
  void theThreadOfAnEngineIsNotHeldUp() throws Exception {
    Source source = new Source();
    ResilienceSettings slow =
        ResilienceSettings.builder()
            .attempts(9)
            .pauses(Duration.ofMillis(300), Duration.ofSeconds(30))
            .jitter(0)
            .build();
    LogSource guarded = new Resilience(slow, time).source(source);
    source.failures = 99;
    assertThatThrownBy(guarded::partitions).isInstanceOf(IOException.class);
    assertThat(time.millis).containsExactly(300L, 600L);
    time.millis.clear();
    assertThatThrownBy(() -> guarded.open("0", Checkpoint.START)).isInstanceOf(IOException.class);
    assertThat(time.millis).containsExactly(300L, 600L);

    source.failures = 0;
    PartitionReader reader = guarded.open("0", Checkpoint.START);
    time.millis.clear();
    source.failures = 99;
    assertThatThrownBy(() -> reader.acknowledge(Checkpoint.START)).isInstanceOf(IOException.class);
    assertThat(time.millis).isEmpty();
    assertThat(source.failures).isEqualTo(98);
  }

  @Test
  void anInterruptEndsAPause() throws Exception {
    Source source = new Source();
    LogSource guarded = new Resilience(SETTINGS, time).source(source);
    PartitionReader reader = guarded.open("0", Checkpoint.START);
    source.failures = 1;
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> reader.poll(Duration.ofMinutes(1)))
        .isInstanceOfAny(InterruptedException.class, IOException.class);
    source.failures = 1;
    Thread.currentThread().interrupt();
    assertThatThrownBy(guarded::partitions).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void eachConnectorHasItsOwnNumbers() {
    Resilience resilience = new Resilience(SETTINGS, time);
    LogSource unused = resilience.source(new Source());
    assertThat(unused.id()).isEqualTo("test");
    assertThat(resilience.measures())
        .hasSize(4)
        .extracting(Measure::tags)
        .allMatch(tags -> "source test".equals(tags.get("target")));
  }
}
