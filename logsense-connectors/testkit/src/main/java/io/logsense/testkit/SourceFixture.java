package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.testkit.SourceContract.Capability;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What the tests of sources need of whoever extends them, and what they share. */
abstract class SourceFixture {
  static final long SEED = 20260121L;

  SourceFixture() {}

  /**
   * The partitions that {@link #write} knows, in the order and under the names in which the source
   * lists them. At best two or more.
   */
  protected abstract List<String> partitions();

  /**
   * Writes records to a partition, behind those that are there, and returns when whoever opens the
   * source can see them. A record has no line end at its end.
   */
  protected abstract void write(String partition, List<byte[]> records) throws Exception;

  /**
   * A source of what was written. It should read pages of a few dozen records, so that the tests
   * come to the borders of pages.
   *
   * @param follow whether it waits for records to come
   */
  protected abstract LogSource open(boolean follow) throws Exception;

  /** What the source and the system can do; everything, unless overridden. */
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * What was written, of a record as the source delivers it: for sources that hand on JSON around
   * it. The record itself unless overridden.
   */
  protected byte[] written(byte[] record) {
    return record;
  }

  /** The longest record that the source delivers whole: 1 MiB unless overridden. */
  protected int recordBytes() {
    return 1 << 20;
  }

  /** How many records most tests write to a partition: 250 unless overridden. */
  protected int records() {
    return 250;
  }

  /** How long any single call may take on the slowest of machines: 30 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(30);
  }

  /** Passwords and tokens in use, which must not be seen; none unless overridden. */
  protected Set<String> secrets() {
    return Set.of();
  }

  /** What can break the connection or the system; nothing unless overridden. */
  protected Optional<Faults> faults() {
    return Optional.empty();
  }

  /**
   * Called over and over while a poll waits, for sources with a clock of their own: moves that
   * clock by {@code time}. Does nothing unless overridden.
   */
  protected void elapse(Duration time) {}

  final boolean can(Capability capability) {
    return capabilities().contains(capability);
  }

  /** The first partition, to which most tests keep. */
  final String partition() {
    return partitions().get(0);
  }

  /** Opens the source to read what is there: bounded, where it can. */
  final LogSource source() throws Exception {
    return open(!can(Capability.BOUNDED));
  }

  final Reading reading(Checkpoint from) throws Exception {
    return reading(source(), partition(), from);
  }

  final Reading reading(LogSource source, String partition, Checkpoint from) throws Exception {
    return Reading.open(source, partition, from, deadline());
  }

  final List<Delivered> rest(Reading reading, int count) throws Exception {
    return reading.rest(count, can(Capability.BOUNDED));
  }

  /** All records of a partition from {@code from} on, of which there are {@code count}. */
  final List<Delivered> read(String partition, Checkpoint from, int count) throws Exception {
    try (Reading reading = reading(source(), partition, from)) {
      return rest(reading, count);
    }
  }

  /** Writes as many log lines as most tests use, and says which. */
  final List<String> writeLines(String partition) throws Exception {
    return writeLines(partition, records());
  }

  final List<String> writeLines(String partition, int count) throws Exception {
    List<String> lines = lines(partition, count);
    write(partition, bytes(lines));
    return lines;
  }

  /** Log lines of various lengths, each of which is unlike all others. */
  static List<String> lines(String partition, int count) {
    Random random = new Random(SEED + partition.hashCode());
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(
          "2026-01-31T12:00:00.%03dZ INFO %s record %d %s"
              .formatted(i % 1000, partition, i, "x".repeat(random.nextInt(150))));
    }
    return lines;
  }

  static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** What was written, of records delivered. */
  final List<String> written(List<Delivered> records) {
    return records.stream()
        .map(record -> new String(written(record.bytes()), StandardCharsets.UTF_8))
        .toList();
  }

  /** Checks what a reader delivers that was opened in the middle. */
  final void assertRest(List<Delivered> actual, List<Delivered> rest, List<Delivered> all) {
    assertSame(
        "from the middle on",
        can(Capability.EXACT_RESUME) ? actual : withoutRepeats(actual, rest, all),
        rest);
  }

  /** Without what comes before the rest; fails when that is anything but repeats. */
  private static List<Delivered> withoutRepeats(
      List<Delivered> actual, List<Delivered> rest, List<Delivered> all) {
    for (Delivered record : actual) {
      assertThat(all.contains(record)).as("it came before, offset and all: " + record).isTrue();
    }
    List<Delivered> fresh = new ArrayList<>(actual);
    fresh.retainAll(rest);
    return once(fresh);
  }

  /** The first of each offset, in order. */
  static List<Delivered> once(List<Delivered> records) {
    LinkedHashMap<Long, Delivered> byOffset = new LinkedHashMap<>();
    for (Delivered record : records) {
      Delivered before = byOffset.putIfAbsent(record.offset(), record);
      if (before != null) {
        assertThat(record).as("a record that comes again, by its offset").isEqualTo(before);
      }
    }
    return new ArrayList<>(byOffset.values());
  }

  /** Checks that two lists are alike, and shows the first difference and no more. */
  static void assertSame(String what, List<?> actual, List<?> expected) {
    for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
      Object came = i < actual.size() ? actual.get(i) : "nothing";
      Object due = i < expected.size() ? expected.get(i) : "nothing";
      if (!came.equals(due)) {
        throw new AssertionError(
            "%s, record %d of %d: expected%n  %s%nbut what came, as %d records, was%n  %s"
                .formatted(
                    what,
                    i,
                    expected.size(),
                    Delivered.shown(due.toString()),
                    actual.size(),
                    Delivered.shown(came.toString())));
      }
    }
  }
}
