package io.logsense.internal.stack;

import io.logsense.Limits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts physical lines together to records.
 *
 * <pre>{@code
 * RecordAssembler assembler = RecordAssembler.withHeaders(limits, record -> ...);  // or plainText
 * assembler.line(buffer, offset, length, cut, sourceOffset, lineNumber, parser.startsRecord(...), stream);
 * assembler.flush();          // at the end, or when no line came for a while
 * }</pre>
 *
 * <p><b>With headers</b>, a line that starts a record begins a new one and every other line belongs
 * to the record before it, a stack trace included. Lines before the first header are treated as
 * plain text. <b>In plain text</b>, each line is a record of its own, except that all lines of a
 * stack trace are one record; {@code startsRecord} is ignored. To find the header of a trace above
 * its first frame, up to {@link PendingLines#MOST} lines are held back; {@link #flush()} releases
 * them. Blank lines inside a record belong to it; blank lines at its end and between records are
 * dropped, and that is all that is ever dropped: every line that is not blank is in exactly one
 * record, counted by {@link AssembledRecord#lines()}.
 *
 * <p><b>Limits.</b> What exceeds {@link Limits#recordBytes()} or {@link Limits#recordLines()} is
 * cut from the text, counted in {@code lines}, and the record is marked truncated. Memory: at most
 * {@value #MOST_STREAMS} streams, each at most two records of the longest size.
 *
 * <p><b>Streams.</b> Lines of different stream keys (container, standard error, thread) never mix;
 * the least recently used stream is flushed when there are too many. Where two threads write traces
 * into <em>one</em> stream, the lines say nothing about their writer: a header ends the trace
 * before it, the frames that follow are counted to that header, and the rest of the first trace
 * ends up in the wrong record. No line is lost. Give the thread as the stream key to avoid it.
 *
 * <p>The result does not depend on how lines are batched. Not thread-safe. An ordinary line
 * allocates nothing.
 */
public final class RecordAssembler {
  /** Most streams held at a time. */
  public static final int MOST_STREAMS = 256;

  /** Receives records; what it is handed is borrowed until it returns. */
  @FunctionalInterface
  public interface Sink {
    /** Takes one record. */
    void record(AssembledRecord record);
  }

  private final Limits limits;
  private final Sink sink;
  private final boolean headers;
  private final AssembledRecord record = new AssembledRecord();
  private final Map<String, StreamAssembly> streams = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable StreamAssembly latest;

  private RecordAssembler(Limits limits, Sink sink, boolean headers) {
    this.limits = limits;
    this.sink = sink;
    this.headers = headers;
  }

  /** For a format whose parser knows which lines start a record. */
  public static RecordAssembler withHeaders(Limits limits, Sink sink) {
    return new RecordAssembler(limits, sink, true);
  }

  /** For text whose lines are records unless they are part of a stack trace. */
  public static RecordAssembler plainText(Limits limits, Sink sink) {
    return new RecordAssembler(limits, sink, false);
  }

  /**
   * Takes a physical line. The array is not kept.
   *
   * @param buffer holds the line
   * @param offset first byte of the line
   * @param length number of bytes, without the line feed
   * @param cut whether the source already dropped bytes of this line
   * @param sourceOffset where the line begins in the source
   * @param lineNumber its number, in any counting
   * @param startsRecord whether the format's parser sees a header in this line
   * @param stream what the line belongs to, where a source interleaves several writers; else ""
   */
  public void line(
      byte[] buffer,
      int offset,
      int length,
      boolean cut,
      long sourceOffset,
      long lineNumber,
      boolean startsRecord,
      String stream) {
    assembly(stream)
        .line(buffer, offset, length, cut, sourceOffset, lineNumber, headers && startsRecord);
  }

  /**
   * Takes a message that is a record by itself, whatever its lines look like; it is not joined with
   * lines before or after it.
   *
   * @param buffer holds the message
   * @param offset first byte of the message
   * @param length number of bytes
   * @param cut whether the source already dropped bytes of it
   * @param sourceOffset where it begins in the source
   * @param number its number, in any counting
   * @param stream as of a {@linkplain #line line}
   */
  public void message(
      byte[] buffer,
      int offset,
      int length,
      boolean cut,
      long sourceOffset,
      long number,
      String stream) {
    StreamAssembly assembly = assembly(stream);
    int start = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (buffer[i] == '\n') {
        assembly.line(buffer, start, i - start, false, sourceOffset, number, start == offset);
        start = i + 1;
      }
    }
    assembly.line(buffer, start, end - start, cut, sourceOffset, number, start == offset);
    assembly.flush();
  }

  private StreamAssembly assembly(String stream) {
    StreamAssembly last = latest;
    if (last != null && last.key().equals(stream)) {
      return last;
    }
    StreamAssembly assembly = streams.get(stream);
    if (assembly == null) {
      if (streams.size() >= MOST_STREAMS) {
        Iterator<StreamAssembly> eldest = streams.values().iterator();
        StreamAssembly evicted = eldest.next();
        eldest.remove();
        evicted.flush();
      }
      assembly = new StreamAssembly(stream, limits, sink, record);
      streams.put(stream, assembly);
    }
    latest = assembly;
    return assembly;
  }

  /** Emits everything that is held back, in the order in which the streams were last used. */
  public void flush() {
    for (StreamAssembly assembly : streams.values()) {
      assembly.flush();
    }
  }

  /** Emits what is held back of streams that no line came of since the one with this number. */
  public void flushQuietSince(long number) {
    for (StreamAssembly assembly : streams.values()) {
      if (assembly.lastNumber() <= number) {
        assembly.flush();
      }
    }
  }

  /** The number of the oldest line held back; {@link Long#MAX_VALUE} when there is none. */
  public long firstHeld() {
    long first = Long.MAX_VALUE;
    for (StreamAssembly assembly : streams.values()) {
      first = Math.min(first, assembly.firstHeld());
    }
    return first;
  }

  /** Whether a record of several lines, such as a stack trace, is under way. */
  public boolean isInsideRecord() {
    for (StreamAssembly assembly : streams.values()) {
      if (assembly.isInsideRecord()) {
        return true;
      }
    }
    return false;
  }
}
