package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.parse.Envelope;
import io.logsense.internal.stack.AssembledRecord;
import io.logsense.internal.stack.RecordAssembler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a reader delivers into chunks of records: collects a sample, detects the format, and
 * assembles lines. Used by one thread.
 *
 * <p>The sample is a fixed number of lines, so batch sizes do not show in what is detected. Where a
 * live log has fewer, what is there decides for the time being, and the question is asked again
 * when the sample has doubled, until it is complete: a banner does not decide for good. Further on,
 * lines that do not fit the format raise the question again ({@link FormatDrift}).
 */
final class PartitionPump {
  /** Lines looked at to detect the format; enough to see past a banner and a stack trace. */
  static final int SAMPLE_LINES = 400;

  private static final int SAMPLE_BYTES = 1 << 20;

  /**
   * Lines are numbered as they come, over all files of a partition; messages from here on, so that
   * their numbers are negative.
   */
  private static final long MESSAGES = Long.MIN_VALUE / 2;

  /** What has become of the place that was marked. */
  enum Mark {
    /** No place is marked. */
    NONE,
    /** It is not known yet. */
    OPEN,
    /** All records before it have come out, and none goes beyond it. */
    PASSED,
    /** A record goes beyond it: who begins there begins inside that record. */
    LOST
  }

  private final Origin origin;
  private final LogSense.Builder config;
  private final Consumer<Chunk> out;
  private final Consumer<Analysis.InputFormat> onFormat;
  private final LineSample sample = new LineSample();
  private final LineNumbers numbering = new LineNumbers();
  private @Nullable Decoder decoder;
  private Map<String, String> labels = Map.of();
  private boolean provisional;
  private int detectedFrom;
  private long lines;
  private long last;
  private long mark;
  private boolean markInside;
  private Mark markState = Mark.NONE;

  PartitionPump(
      Origin origin,
      LogSense.Builder config,
      Consumer<Chunk> out,
      Consumer<Analysis.InputFormat> onFormat) {
    this.origin = origin;
    this.config = config;
    this.out = out;
    this.onFormat = onFormat;
  }

  /** Takes the next batch; false at the end of the partition. */
  boolean pump(PartitionReader reader, Duration timeout) throws IOException, InterruptedException {
    RecordBatch batch = poll(reader, timeout);
    if (batch == null) {
      return false;
    }
    take(batch);
    return true;
  }

  /** The next batch, which is to be taken; null at the end of the partition. */
  @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
      throws IOException, InterruptedException {
    RecordBatch batch = reader.poll(timeout);
    if (batch != null && lines == 0 && !batch.isEmpty()) {
      labels = Map.copyOf(reader.labels());
    }
    return batch;
  }

  /** Decodes what was polled. */
  void take(RecordBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      take(batch, i);
    }
    if (decoder != null) {
      decoder.handOver();
    }
  }

  private void take(RecordBatch batch, int i) {
    lines++;
    long number = lines;
    if (batch.firstLine() == 0) {
      number += MESSAGES;
    } else {
      numbering.put(lines, batch.firstLine() + i);
    }
    last = number;
    if (decoder != null) {
      if (provisional) {
        extendSample(batch, i, number);
      }
      decoder.line(
          batch.buffer(),
          batch.start(i),
          batch.length(i),
          batch.offset(i),
          number,
          batch.truncated(i),
          batch.time(i));
      return;
    }
    add(batch, i, number);
    if (isSampleComplete()) {
      detect();
    }
  }

  private void add(RecordBatch batch, int i, long number) {
    sample.add(
        batch.buffer(),
        batch.start(i),
        batch.length(i),
        batch.offset(i),
        number,
        batch.truncated(i),
        batch.time(i));
  }

  private boolean isSampleComplete() {
    return sample.lines() >= SAMPLE_LINES || sample.bytes() >= SAMPLE_BYTES;
  }

  private void detect() {
    Decoder detected = new Decoder(sample);
    detected.announce();
    decoder = detected;
    detectedFrom = sample.lines();
    sample.replay(detected);
  }

  /** Asks again, with the lines up to this one in sight; they have been handed on before. */
  private void extendSample(RecordBatch batch, int i, long number) {
    if (isSampleComplete() || sample.lines() >= 2 * detectedFrom) {
      Decoder better = new Decoder(sample);
      detectedFrom = sample.lines();
      if (decoder != null && !better.name().equals(decoder.name())) {
        decoder.finish();
        better.announce();
        decoder = better;
      }
      provisional = !isSampleComplete();
    }
    if (provisional) {
      add(batch, i, number);
    }
  }

  /** Completes the record under way, and emits everything. */
  void finish() {
    settle();
    if (decoder != null) {
      decoder.finish();
    }
  }

  /** Stops waiting for more lines to detect the format by, and emits what is complete. */
  void settle() {
    if (decoder == null && sample.lines() > 0) {
      detect();
      provisional = !isSampleComplete();
    }
    if (decoder != null) {
      decoder.handOver();
    }
  }

  /** Whether there are lines, all of them kept until the format is known. */
  boolean isUndecided() {
    return decoder == null && sample.lines() > 0;
  }

  /** Whether a record of several lines is under way. */
  boolean isInsideRecord() {
    return decoder != null && decoder.isInsideRecord();
  }

  /** Marks the place behind the lines taken so far. */
  void mark() {
    mark = last;
    markInside = decoder == null || decoder.isInsideLine();
    markState = Mark.OPEN;
  }

  /** What has become of the place marked last. */
  Mark marked() {
    if (markState != Mark.OPEN || decoder == null) {
      return markState;
    }
    if (markInside) {
      markState = decoder.isInsideLine() ? Mark.OPEN : Mark.LOST;
    } else if (decoder.assembler.firstHeld() > mark) {
      markState = Mark.PASSED;
    }
    return markState;
  }

  /** Completes the records of writers of whom nothing came since the place was marked. */
  void completeQuiet() {
    if (decoder != null) {
      decoder.completeQuiet();
    }
    if (markInside && markState == Mark.OPEN) {
      markState = Mark.LOST;
    }
  }

  /** Forgets the place marked. */
  void unmark() {
    markState = Mark.NONE;
  }

  /** Lines taken so far. */
  long lines() {
    return lines;
  }

  /**
   * The lines that {@code old} holds back may be of another format: then that is used from here.
   */
  private void reconsider(Decoder old, FormatDrift drift) {
    Decoder next = new Decoder(drift.lines());
    if (next.isStructured() && drift.fits(next.parser)) {
      old.complete();
      next.announce();
      decoder = next;
      provisional = false;
      drift.release(next);
    } else {
      drift.refuted();
      drift.release(old::proceed);
    }
  }

  /** Everything behind the detection. */
  private final class Decoder implements LineSample.Sink {
    private final @Nullable Envelope envelope;
    private final boolean coloured;
    private final LogParser parser;
    private final double confidence;
    private final RecordAssembler assembler;
    private final LineTimes times = new LineTimes();
    private final @Nullable FormatDrift drift;
    private Chunk chunk;
    private boolean cut;
    private long time;

    private Decoder(LineSample first) {
      RecordBatch raw = first.batch();
      envelope = Envelope.detect(raw);
      RecordBatch inner = envelope == null ? raw : unwrapped(first, raw);
      coloured = Ansi.isIn(inner);
      Parsers.Detection found = detect(inner);
      parser = found.parser();
      confidence = found.confidence();
      assembler =
          isStructured()
              ? RecordAssembler.withHeaders(config.limits, this::record)
              : RecordAssembler.plainText(config.limits, this::record);
      drift =
          isStructured() && envelope == null && config.parser == null ? new FormatDrift() : null;
      chunk = new Chunk(origin, labels, parser, 0);
    }

    private RecordBatch unwrapped(LineSample first, RecordBatch raw) {
      LineSample inner = new LineSample();
      Envelope scratch = Objects.requireNonNull(Envelope.detect(raw));
      Envelope.Sink sink =
          (bytes, start, length, stream, read, place, line) ->
              inner.add(bytes, start, length, 0, 0, false, LogEvent.NO_TIMESTAMP);
      first.replay(
          (b, start, length, at, n, c, read) -> scratch.unwrap(b, start, length, at, n, sink));
      return inner.batch();
    }

    private Parsers.Detection detect(RecordBatch lines) {
      return config.parser == null
          ? config.parsers().detect(coloured ? Ansi.without(lines) : lines)
          : new Parsers.Detection(config.parser, 1);
    }

    /** Whether the format says where a record starts. */
    private boolean isStructured() {
      return !parser.name().equals(config.parsers().plainText().name());
    }

    private boolean isInsideRecord() {
      return assembler.isInsideRecord() || (drift != null && drift.isHolding());
    }

    /** Whether lines are held back that the assembler has not seen. */
    private boolean isInsideLine() {
      return (envelope != null && envelope.isInsideLine()) || (drift != null && drift.isHolding());
    }

    private String name() {
      return envelope == null ? parser.name() : envelope.name() + " > " + parser.name();
    }

    private void announce() {
      onFormat.accept(new Analysis.InputFormat(origin.name(), name(), confidence));
    }

    @Override
    public void line(
        byte[] buffer,
        int start,
        int length,
        long newOffset,
        long newNumber,
        boolean newCut,
        long newTime) {
      cut = newCut;
      time = newTime;
      if (envelope == null) {
        inner(buffer, start, length, "", LogEvent.NO_TIMESTAMP, newOffset, newNumber);
      } else {
        envelope.unwrap(buffer, start, length, newOffset, newNumber, this::inner);
      }
    }

    private void inner(
        byte[] buffer, int start, int length, String stream, long read, long offset, long number) {
      byte[] bytes = buffer;
      int from = start;
      int count = length;
      if (coloured && Ansi.isIn(buffer, start, length)) {
        bytes = Ansi.without(buffer, start, length);
        from = 0;
        count = bytes.length;
      }
      times.put(number, read == LogEvent.NO_TIMESTAMP ? time : read);
      if (number < 0 && hasLines(bytes, from, count)) {
        if (drift != null && drift.isHolding()) {
          drift.release(this::proceed);
        }
        assembler.message(bytes, from, count, cut, offset, number, stream);
        return;
      }
      boolean starts = parser.startsRecord(bytes, from, count);
      if (drift != null) {
        if (!starts && drift.wants(bytes, from, count)) {
          drift.hold(buffer, start, length, offset, number, cut, time);
          if (drift.isDue()) {
            reconsider(this, drift);
          }
          return;
        }
        if (drift.isHolding()) {
          drift.release(this::proceed);
        }
        if (starts) {
          drift.recordStarts();
        }
      }
      assembler.line(bytes, from, count, cut, offset, number, starts, stream);
    }

    /** A line of the record under way, whatever it looks like. */
    private void proceed(
        byte[] buffer,
        int start,
        int length,
        long newOffset,
        long newNumber,
        boolean newCut,
        long newTime) {
      boolean strip = coloured && Ansi.isIn(buffer, start, length);
      byte[] bytes = strip ? Ansi.without(buffer, start, length) : buffer;
      assembler.line(
          bytes,
          strip ? 0 : start,
          strip ? bytes.length : length,
          newCut,
          newOffset,
          newNumber,
          false,
          "");
    }

    private void record(AssembledRecord record) {
      if (markState == Mark.OPEN && record.firstLine() <= mark && record.lastLine() > mark) {
        markState = Mark.LOST;
      }
      long first = record.firstLine();
      chunk.add(record, first < 0 ? first : numbering.of(first), times.of(first));
      if (chunk.isFull()) {
        handOver();
      }
    }

    /** What is said of the line read last is not said of those that come out without one. */
    private void forgetLine() {
      cut = false;
      time = LogEvent.NO_TIMESTAMP;
    }

    private void completeQuiet() {
      if (envelope != null) {
        forgetLine();
        envelope.flushQuietSince(mark, this::inner);
      }
      if (drift == null || !drift.isHolding()) {
        assembler.flushQuietSince(mark);
      }
      handOver();
    }

    private void handOver() {
      if (!chunk.isEmpty()) {
        Chunk full = chunk;
        chunk = new Chunk(origin, labels, parser, full.length());
        out.accept(full);
      }
    }

    private void finish() {
      if (envelope != null) {
        forgetLine();
        envelope.flush(this::inner);
      }
      if (drift != null) {
        drift.release(this::proceed);
      }
      complete();
    }

    /** Emits the record under way, without the lines held back. */
    private void complete() {
      assembler.flush();
      handOver();
    }
  }

  private static boolean hasLines(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** What sources and envelopes say of the time of recent lines and messages. */
  private static final class LineTimes {
    private static final int SIZE = 1 << 13;

    private long @Nullable [] numbers;
    private long @Nullable [] times;

    void put(long number, long time) {
      if (time == LogEvent.NO_TIMESTAMP) {
        return;
      }
      if (numbers == null || times == null) {
        numbers = new long[SIZE];
        times = new long[SIZE];
      }
      numbers[(int) number & SIZE - 1] = number;
      times[(int) number & SIZE - 1] = time;
    }

    long of(long number) {
      int slot = (int) number & SIZE - 1;
      return numbers != null && times != null && numbers[slot] == number
          ? times[slot]
          : LogEvent.NO_TIMESTAMP;
    }
  }
}
