package io.logsense.api.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeQueryReaderTest {
  private static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final QueryPlan FOLLOWING =
      QueryPlan.following().interval(Duration.ZERO).lookBack(Duration.ofSeconds(60));

  private final Ledger ledger = new Ledger();
  private long now = START;

  @Test
  void aBoundedReadEndsWithWhatIsThere() throws Exception {
    ledger.write(0, 250);
    try (TimeQueryReader reader = open(QueryPlan.bounded(), Checkpoint.START)) {
      assertThat(drain(reader)).isEqualTo(ledger.ids());
      ledger.write(1000, 1);
      assertThat(reader.poll(Duration.ZERO)).isNull();
    }
    assertThat(ledger.closed).isTrue();
  }

  @Test
  void whatComesLateIsReadOnceAndNothingElseTwice() throws Exception {
    Random random = new Random(7);
    List<String> read = new ArrayList<>();
    try (TimeQueryReader reader = open(FOLLOWING, Checkpoint.START)) {
      for (int step = 0; step < 2000; step++) {
        now += 1000;
        ledger.write(now - START - random.nextInt(58_000), 1 + random.nextInt(3));
        read.addAll(available(reader));
      }
      now += 200_000;
      read.addAll(available(reader));
    }
    assertThat(read).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ledger.ids());
    // Reading the window at every look would be some sixty times as much.
    assertThat(ledger.handedOver).isLessThan(20 * read.size());
  }

  @Test
  void aRestartAnywhereLosesNothing() throws Exception {
    Random random = new Random(11);
    Set<String> read = new HashSet<>();
    Checkpoint from = Checkpoint.START;
    for (int life = 0; life < 200; life++) {
      ledger.write(now - START - random.nextInt(50_000), random.nextInt(300));
      try (TimeQueryReader reader = open(FOLLOWING, from)) {
        for (int polls = random.nextInt(4); polls > 0; polls--) {
          read.addAll(texts(reader.poll(Duration.ZERO)));
          from = reader.position();
          now += 500;
        }
      }
    }
    try (TimeQueryReader reader = open(QueryPlan.bounded(), from)) {
      read.addAll(drain(reader));
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(ledger.ids());
  }

  @Test
  void fewRecordsAreNotRepeatedByARestart() throws Exception {
    ledger.write(0, 60);
    Checkpoint position;
    try (TimeQueryReader reader = open(FOLLOWING, Checkpoint.START)) {
      assertThat(available(reader)).hasSize(60);
      position = reader.position();
    }
    ledger.write(-10, 2);
    try (TimeQueryReader reader = open(FOLLOWING, position)) {
      assertThat(available(reader)).hasSize(2);
    }
  }

  @Test
  void aRecordOfTheFarFutureHidesNothing() throws Exception {
    ledger.write(Duration.ofDays(20_000).toMillis(), 1);
    List<String> read = new ArrayList<>();
    Checkpoint position = Checkpoint.START;
    for (int life = 0; life < 3; life++) {
      try (TimeQueryReader reader = open(FOLLOWING, position)) {
        for (int step = 0; step < 100; step++) {
          now += 2000;
          ledger.write(now - START, 1);
          read.addAll(available(reader));
          position = reader.position();
        }
      }
    }
    assertThat(read).containsAll(ledger.ids());
  }

  @Test
  void aClockThatIsAheadHidesNothing() throws Exception {
    List<String> read = new ArrayList<>();
    now += Duration.ofDays(1).toMillis();
    try (TimeQueryReader reader = open(FOLLOWING, Checkpoint.START)) {
      for (int step = 0; step < 200; step++) {
        now += 2000;
        ledger.write(2000L * step, 1);
        read.addAll(available(reader));
      }
    }
    assertThat(read).isEqualTo(ledger.ids());
  }

  @Test
  void aFailureIsSaidAndReadingGoesOnBehindIt() throws Exception {
    ledger.write(0, 250);
    List<String> read = new ArrayList<>();
    try (TimeQueryReader reader = open(QueryPlan.bounded(), Checkpoint.START)) {
      read.addAll(texts(reader.poll(Duration.ZERO)));
      ledger.failure = new IOException("connection reset");
      assertThatThrownBy(() -> reader.poll(Duration.ZERO)).hasMessage("connection reset");
      ledger.failure = null;
      read.addAll(drain(reader));
    }
    assertThat(read).isEqualTo(ledger.ids());
  }

  @Test
  void aRefusalAtOpeningClosesTheQuery() {
    ledger.failure = new IOException("no route");
    assertThatThrownBy(() -> open(FOLLOWING, Checkpoint.START)).hasMessage("no route");
    assertThat(ledger.closed).isTrue();
  }

  @Test
  void aForeignCheckpointIsRefused() {
    for (String value : List.of("17", "x:", "1:!", "1:AAA")) {
      assertThatThrownBy(() -> open(FOLLOWING, new Checkpoint(value)))
          .isInstanceOf(LogSenseException.class)
          .hasMessage("'" + value + "' is no checkpoint of this source");
    }
  }

  @Test
  void aCheckpointOfManyRecordsIsOfTheLengthAllowed() throws Exception {
    ledger.write(0, 20_000);
    try (TimeQueryReader reader = open(QueryPlan.bounded(), Checkpoint.START)) {
      assertThat(drain(reader)).hasSize(20_000);
      assertThat(reader.position().value()).hasSizeLessThanOrEqualTo(Checkpoint.MAX_LENGTH);
    }
  }

  @Test
  void withoutAWindowNothingIsReadTwice() throws Exception {
    List<String> read = new ArrayList<>();
    Checkpoint from = Checkpoint.START;
    for (int life = 0; life < 100; life++) {
      now++;
      ledger.write(life, 20 + life % 30);
      try (TimeQueryReader reader = open(FOLLOWING.lookBack(Duration.ZERO), from)) {
        read.addAll(texts(reader.poll(Duration.ZERO)));
        from = reader.position();
      }
    }
    assertThat(read).isEqualTo(ledger.ids());
  }

  @Test
  void theWindowShrinksBeforeMoreIsRememberedThanAllowed() {
    LookBack memory = new LookBack(Checkpoint.START, 0, 60_000, 100);
    assertThat(memory.begin(START)).isZero();
    for (int i = 0; i < 1000; i++) {
      assertThat(memory.add(START + 100L * i, i)).isTrue();
    }
    // The last hundred records are ten seconds.
    assertThat(memory.begin(START + 200_000)).isBetween(START + 89_000, START + 91_000);
  }

  @Test
  void oneSecondOfMoreRecordsThanAllowedPasses() {
    LookBack memory = new LookBack(Checkpoint.START, 0, 60_000, 100);
    memory.begin(START);
    for (int i = 0; i < 1000; i++) {
      assertThat(memory.add(START, i)).isTrue();
    }
    assertThat(memory.begin(START)).isLessThanOrEqualTo(START + 1000);
  }

  private TimeQueryReader open(QueryPlan plan, Checkpoint from) throws IOException {
    ledger.closed = false;
    return TimeQueryReader.open(ledger, plan, () -> Instant.ofEpochMilli(now), Map.of(), from);
  }

  private static List<String> drain(TimeQueryReader reader) throws Exception {
    List<String> read = new ArrayList<>();
    for (RecordBatch batch = reader.poll(Duration.ZERO);
        batch != null;
        batch = reader.poll(Duration.ZERO)) {
      read.addAll(texts(batch));
    }
    return read;
  }

  private static List<String> available(TimeQueryReader reader) throws Exception {
    List<String> read = new ArrayList<>();
    List<String> page = texts(reader.poll(Duration.ZERO));
    for (; !page.isEmpty(); page = texts(reader.poll(Duration.ZERO))) {
      read.addAll(page);
    }
    return read;
  }

  private static List<String> texts(@Nullable RecordBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; batch != null && i < batch.size(); i++) {
      texts.add(new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8));
      assertThat(batch.offset(i)).isEqualTo(RecordBuffer.offsetOf(texts.get(i)));
    }
    return texts;
  }

  /** A log service in memory: pages of a hundred records, in the order of their times. */
  private static final class Ledger implements TimeQuery {
    private record Entry(long time, String id) {}

    private final List<Entry> entries = new ArrayList<>();
    private List<Entry> look = List.of();
    private int handedOver;
    private boolean closed;
    private @Nullable IOException failure;

    void write(long afterStart, int count) {
      for (int i = 0; i < count; i++) {
        entries.add(new Entry(START + afterStart, "id " + entries.size()));
      }
    }

    List<String> ids() {
      return entries.stream().map(Entry::id).toList();
    }

    @Override
    public void begin(long fromMillis) throws IOException {
      fail();
      look =
          entries.stream()
              .filter(entry -> entry.time >= fromMillis)
              .sorted(java.util.Comparator.comparingLong(Entry::time))
              .toList();
    }

    @Override
    public boolean next(Records into) throws IOException {
      fail();
      List<Entry> page = look.subList(0, Math.min(100, look.size()));
      look = look.subList(page.size(), look.size());
      handedOver += page.size();
      page.forEach(entry -> into.add(entry.id, entry.time * 1_000_000, entry.id.getBytes(UTF_8)));
      return !look.isEmpty();
    }

    private void fail() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
