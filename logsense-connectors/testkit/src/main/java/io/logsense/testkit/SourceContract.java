package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LogSource} must do. Extend it, and say how to write records into the system and
 * how to open the source: each test has an instance of the class, and so an empty stream, of its
 * own.
 *
 * <pre>{@code
 * class PageSourceTest extends SourceContract {
 *   private final PageServer server = PageServer.start();
 *
 *   @Override
 *   protected List<String> partitions() {
 *     return List.of("orders", "payments");
 *   }
 *
 *   @Override
 *   protected void write(String partition, List<byte[]> records) {
 *     server.add(partition, records);
 *   }
 *
 *   @Override
 *   protected LogSource open(boolean follow) {
 *     return PageSource.builder(server.uri()).pageSize(20).follow(follow).build();
 *   }
 *
 *   @AfterEach
 *   void stop() {
 *     server.close();
 *   }
 * }
 * }</pre>
 *
 * <p>A source that cannot do everything says so by {@link #capabilities}; that it refuses what it
 * cannot do is tested, too. Where {@link #faults} can break the connection, such as a {@link
 * FaultyProxy}, it is tested that nothing gets lost by that.
 *
 * <p>Every call has a {@linkplain #deadline deadline}, so a reader that hangs fails its test. The
 * bytes of each batch are overwritten before the next is asked for: a reader that relies on what it
 * lent fails, too.
 */
public abstract class SourceContract extends SourceFaultTests {
  /** What a source, or the system behind it, can do. */
  public enum Capability {
    /** Waits for records to come. Else it is refused. */
    FOLLOW,
    /** Ends with what was there. Else it is refused. */
    BOUNDED,
    /** Gives the same records each time. Else it says so, and never gives back what was read. */
    REPLAY,
    /** Goes on exactly behind a position. Else it may repeat some records before it. */
    EXACT_RESUME,
    /** The system keeps records that are empty. */
    EMPTY_RECORDS,
    /** The system keeps records that have line feeds inside. */
    LINE_FEEDS,
    /** The system keeps bytes that are no UTF-8. */
    ANY_BYTES
  }

  private static final int POSITIONS = 8;
  private static final Duration LONG = Duration.ofHours(1);

  /** For the class that extends this. */
  protected SourceContract() {}

  @Test
  void partitionsAreListedInAFixedOrder() throws Exception {
    for (String partition : partitions()) {
      writeLines(partition, 3);
    }
    LogSource source = source();
    for (int i = 0; i < 3; i++) {
      assertThat(source.partitions()).containsExactlyElementsOf(partitions());
      assertThat(source().partitions()).containsExactlyElementsOf(partitions());
    }
  }

  @Test
  void everyRecordComesOnceAndInOrder() throws Exception {
    List<List<String>> all = new ArrayList<>();
    for (String partition : partitions()) {
      all.add(writeLines(partition, records() - all.size()));
    }
    LogSource source = source();
    for (int i = 0; i < all.size(); i++) {
      String partition = partitions().get(i);
      try (Reading reading = reading(source, partition, Checkpoint.START)) {
        assertSame("partition " + partition, written(rest(reading, all.get(i).size())), all.get(i));
      }
    }
  }

  @Test
  void partitionsAreReadByAThreadEach() throws Exception {
    List<List<String>> all = new ArrayList<>();
    for (String partition : partitions()) {
      all.add(writeLines(partition));
    }
    LogSource source = source();
    List<Watch.Call<List<Delivered>>> calls = new ArrayList<>();
    for (String partition : partitions()) {
      Reading reading = reading(source, partition, Checkpoint.START);
      calls.add(
          new Watch(deadline().multipliedBy(2))
              .start(
                  "reading of " + partition,
                  () -> {
                    try (reading) {
                      return rest(reading, records());
                    }
                  }));
    }
    for (int i = 0; i < calls.size(); i++) {
      assertSame("partition " + i, written(calls.get(i).get()), all.get(i));
    }
  }

  @Test
  void readAgainRecordsAreWhatAndWhereTheyWere() throws Exception {
    assumeReplay();
    writeLines(partition());
    List<Delivered> first = read(partition(), Checkpoint.START, records());

    assertThat(first).extracting(Delivered::offset).doesNotHaveDuplicates();
    assertSame("read again", read(partition(), Checkpoint.START, records()), first);
  }

  @Test
  void aReaderOpenedWhereAnotherStoodGivesTheRest() throws Exception {
    assumeReplay();
    writeLines(partition());
    List<Checkpoint> positions = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    List<Delivered> all = new ArrayList<>();
    try (Reading reading = reading(Checkpoint.START)) {
      while (all.size() < records()) {
        positions.add(reading.position());
        counts.add(all.size());
        all.addAll(reading.more(deadline(), all.size()));
      }
      positions.add(reading.position());
      counts.add(all.size());
    }
    TreeSet<Integer> chosen = new TreeSet<>(List.of(0, 1, positions.size() - 1));
    for (int i = 0; i < POSITIONS; i++) {
      chosen.add(positions.size() * i / POSITIONS);
    }
    for (int i : chosen) {
      List<Delivered> rest = all.subList(counts.get(i), all.size());
      Checkpoint parsed = new Checkpoint(positions.get(i).value());
      assertRest(read(partition(), parsed, rest.size()), rest, all);
    }
  }

  @Test
  void whatIsAcknowledgedNeedNotComeAgain() throws Exception {
    writeLines(partition());
    List<Delivered> all = new ArrayList<>();
    List<Delivered> unprocessed = List.of();
    Checkpoint processed = Checkpoint.START;
    try (Reading reading = reading(Checkpoint.START)) {
      while (all.size() < records() / 2) {
        Checkpoint before = reading.position();
        List<Delivered> some = reading.more(deadline(), all.size());
        if (!some.isEmpty()) {
          reading.acknowledge(before);
          processed = before;
          unprocessed = some;
          all.addAll(some);
        }
      }
    }
    int processedRecords = all.size() - unprocessed.size();
    List<Delivered> rest = read(partition(), processed, records() - processedRecords);
    if (can(Capability.REPLAY)) {
      all.addAll(all.size(), read(partition(), Checkpoint.START, records()));
      List<Delivered> whole = once(all);
      assertRest(rest, whole.subList(processedRecords, whole.size()), whole);
    } else {
      assertThat(rest).containsAll(unprocessed);
      all.addAll(rest);
      assertThat(once(all)).hasSize(records());
    }
  }

  @Test
  void aCheckpointIsShortAndPrintable() throws Exception {
    writeLines(partition());
    try (Reading reading = reading(Checkpoint.START)) {
      for (int i = 0; i < 3; i++) {
        String value = reading.position().value();
        assertThat(value.length()).isLessThanOrEqualTo(Checkpoint.MAX_LENGTH);
        assertThat(value.chars().filter(Character::isISOControl).count())
            .as("control characters in the checkpoint " + value)
            .isZero();
        reading.poll(Reading.PATIENCE);
      }
    }
  }

  /** It is refused, or the partition is read from its beginning. */
  @Test
  void aCheckpointOfAnotherSystemLosesNothing() throws Exception {
    writeLines(partition(), 5);
    for (String value : List.of("?!", "-1", "99999999999999999999", "x".repeat(1024), "\u00E9=%")) {
      try (Reading reading = reading(new Checkpoint(value))) {
        assertThat(rest(reading, 5)).as("from checkpoint " + Delivered.shown(value)).hasSize(5);
      } catch (IOException | LogSenseException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void aPartitionThatIsNotThereIsAnError() throws Exception {
    assumeThat(can(Capability.BOUNDED)).as("a bounded read").isTrue();
    assertThatThrownBy(
            () -> {
              try (Reading reading = reading(open(false), "no-such-partition", Checkpoint.START)) {
                reading.poll(Reading.PATIENCE);
              }
            })
        .isInstanceOfAny(IOException.class, LogSenseException.class);
  }

  @Test
  void aBoundedReadEndsWithWhatWasThereWhenItBegan() throws Exception {
    if (!can(Capability.BOUNDED)) {
      assertRefused(() -> open(false));
      return;
    }
    List<String> before = writeLines(partition());
    try (Reading reading = reading(open(false), partition(), Checkpoint.START)) {
      write(partition(), bytes(lines("later", 20)));

      assertSame("what was there", written(reading.rest(0, true)), before);
      assertThat(reading.poll(Reading.PATIENCE)).as("a poll behind the end").isNull();
    }
  }

  @Test
  void aPartitionWithoutRecordsIsNoError() throws Exception {
    assumeThat(can(Capability.BOUNDED)).as("a bounded read").isTrue();
    LogSource source = open(false);
    for (String partition : source.partitions()) {
      try (Reading reading = reading(source, partition, Checkpoint.START)) {
        assertThat(reading.rest(0, true)).isEmpty();
      }
    }
  }

  @Test
  void aFollowingReaderSeesWhatComesLaterAndCanBeFollowedByAnother() throws Exception {
    if (!can(Capability.FOLLOW)) {
      assertRefused(() -> open(true));
      return;
    }
    List<Delivered> all = new ArrayList<>();
    List<String> lines = writeLines(partition(), 20);
    LogSource source = open(true);
    Checkpoint from = Checkpoint.START;
    for (int i = 0; i < 3; i++) {
      try (Reading reading = reading(source, partition(), from)) {
        all.addAll(reading.rest(20, false));
        List<String> later = lines("later-" + i, 20);
        lines = concat(lines, later);
        write(partition(), bytes(later));
        all.addAll(reading.rest(20, false));
        assertSame("following", written(all), lines);
        from = reading.position();
        reading.acknowledge(from);
        List<String> between = lines("between-" + i, 20);
        lines = concat(lines, between);
        write(partition(), bytes(between));
      }
      if (!can(Capability.EXACT_RESUME)) {
        return;
      }
    }
  }

  private static List<String> concat(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Test
  void aPollThatWaitsInVainAnswersWithNothing() throws Exception {
    assumeThat(can(Capability.FOLLOW)).as("following").isTrue();
    writeLines(partition(), 3);
    try (Reading reading = reading(open(true), partition(), Checkpoint.START)) {
      reading.rest(3, false);
      Watch.Call<?> poll = reading.startPoll(Reading.PATIENCE);
      for (long waits = deadline().toMillis() / 10; waits > 0; waits--) {
        if (poll.isDone(Duration.ofMillis(10))) {
          break;
        }
        elapse(Reading.PATIENCE);
      }
      assertThat(poll.get()).isEqualTo(Optional.of(List.of()));
    }
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    assumeThat(can(Capability.FOLLOW)).as("following").isTrue();
    writeLines(partition(), 3);
    try (Reading reading = reading(open(true), partition(), Checkpoint.START)) {
      reading.rest(3, false);
      Watch.Call<?> poll = reading.startPoll(LONG);
      poll.interrupt();
      assertThatThrownBy(poll::get).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void emptyRecordsComeThrough() throws Exception {
    assumeThat(can(Capability.EMPTY_RECORDS)).as("empty records").isTrue();
    assertComesThrough(List.of("first", "", "", "last"));
  }

  @Test
  void recordsOfSeveralLinesComeThrough() throws Exception {
    assumeThat(can(Capability.LINE_FEEDS)).as("records of several lines").isTrue();
    assertComesThrough(
        List.of("one", "java.lang.Error: two\n\tat a.B.c(B.java:1)\r\n\tat d", "three"));
  }

  @Test
  void whatLooksLikeSyntaxComesThrough() throws Exception {
    assertComesThrough(
        List.of(
            "{\"message\":\"a \\\"quoted\\\" \\\\ \\u0041\"}",
            "'; DROP TABLE logs; -- %s ${jndi:ldap://x} &amp; <![CDATA[ ]]>",
            "caf\u00E9 \u8FDE\u63A5\u88AB\u62D2\u7EDD \uD83D\uDD25 \u202E",
            "tab\tand \u0007 bell",
            " spaces at both ends "));
  }

  @Test
  void bytesThatAreNoTextComeThrough() throws Exception {
    assumeThat(can(Capability.ANY_BYTES)).as("any bytes").isTrue();
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) (i == '\n' || i == '\r' ? ' ' : i);
    }
    byte[] latin = "caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
    write(partition(), List.of(latin, every, new byte[] {(byte) 0xC3}));

    List<Delivered> records = read(partition(), Checkpoint.START, 3);

    assertThat(records.stream().map(record -> written(record.bytes())))
        .containsExactly(latin, every, new byte[] {(byte) 0xC3});
  }

  private void assertComesThrough(List<String> texts) throws Exception {
    write(partition(), bytes(texts));
    assertSame("as written", written(read(partition(), Checkpoint.START, texts.size())), texts);
  }

  @Test
  void aRecordThatIsTooLongIsCutAndMarked() throws Exception {
    byte[] huge = new byte[recordBytes() + recordBytes() / 2];
    Arrays.fill(huge, (byte) 'h');
    write(partition(), List.of("before".getBytes(StandardCharsets.UTF_8), huge));
    writeLines(partition(), 3);

    List<Delivered> records = read(partition(), Checkpoint.START, 5);

    assertThat(records).hasSize(5).extracting(Delivered::offset).doesNotHaveDuplicates();
    assertThat(records)
        .extracting(Delivered::cut)
        .containsExactly(false, true, false, false, false);
    assertThat(records.get(1).text().length()).isBetween(1, recordBytes());
    assertThat(written(List.of(records.get(0), records.get(2), records.get(3), records.get(4))))
        .containsExactly(
            "before",
            lines(partition(), 3).get(0),
            lines(partition(), 3).get(1),
            lines(partition(), 3).get(2));
  }

  @Test
  void closingTwiceIsOnceAndNothingComesFromWhatIsClosed() throws Exception {
    writeLines(partition());
    Reading reading = reading(Checkpoint.START);
    reading.poll(Reading.PATIENCE);
    reading.close();
    reading.close();

    assertThatThrownBy(() -> reading.poll(Reading.PATIENCE)).isInstanceOf(Exception.class);
  }

  @Test
  void aSourceHasOneNameThatShowsNoSecret() throws Exception {
    writeLines(partition(), 3);
    LogSource source = source();
    assertThat(source.id()).isNotBlank().isEqualTo(source().id());
    List<String> shown = new ArrayList<>(List.of(source.id(), source.toString()));
    shown.addAll(source.partitions());
    try (Reading reading = reading(source, partition(), Checkpoint.START)) {
      rest(reading, 3);
      shown.add(reading.position().value());
      shown.add(reading.reader().labels().toString());
      shown.add(reading.reader().toString());
    }
    for (String secret : secrets()) {
      assertThat(shown).noneMatch(text -> text.contains(secret));
    }
  }

  @Test
  void labelsAreAlwaysTheSame() throws Exception {
    writeLines(partition());
    try (Reading reading = reading(Checkpoint.START)) {
      var labels = reading.reader().labels();
      rest(reading, records());
      assertThat(reading.reader().labels()).isEqualTo(labels).doesNotContainKey("");
      if (can(Capability.REPLAY)) {
        try (Reading another = reading(Checkpoint.START)) {
          assertThat(another.reader().labels()).isEqualTo(labels);
        }
      }
    }
  }

  @Test
  void progressGoesForwardUpToTheTotal() throws Exception {
    writeLines(partition());
    try (Reading reading = reading(Checkpoint.START)) {
      long read = 0;
      for (int seen = 0; seen < records(); ) {
        seen += reading.more(deadline(), seen).size();
        Progress progress = reading.reader().progress();
        assertThat(progress.read()).isGreaterThanOrEqualTo(read);
        if (progress.total() != Progress.UNKNOWN) {
          assertThat(progress.read()).isLessThanOrEqualTo(progress.total());
        }
        read = progress.read();
      }
    }
  }

  @Test
  void aSourceSaysWhetherItCanBeReadAgain() throws Exception {
    LogSource source = source();
    assertThat(source.replayable()).isEqualTo(can(Capability.REPLAY));
    if (can(Capability.REPLAY)) {
      return;
    }
    writeLines(partition());
    try (Reading reading = reading(source, partition(), Checkpoint.START)) {
      rest(reading, records());
      reading.acknowledge(reading.position());
    }
    try (Reading again = reading(source, partition(), Checkpoint.START)) {
      assertThat(again.poll(Reading.PATIENCE)).as("what was read before").isNullOrEmpty();
    } catch (IOException | LogSenseException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private void assumeReplay() {
    assumeThat(can(Capability.REPLAY)).as("reading again").isTrue();
  }

  private interface Opening {
    LogSource open() throws Exception;
  }

  private static void assertRefused(Opening opening) {
    assertThatThrownBy(opening::open)
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE));
  }
}
