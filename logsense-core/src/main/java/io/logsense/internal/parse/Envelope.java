package io.logsense.internal.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container runtime wraps around each physical line of a program: Docker's {@code
 * json-file}, the CRI format of Kubernetes, the prefixes of {@code docker compose logs} and {@code
 * kubectl logs --prefix}. Lines that the runtime split are joined.
 *
 * <p>One instance per partition, used by one thread: it holds the beginnings of split lines, at
 * most {@value #LONGEST_LINE} bytes for each of at most {@value #MOST_STREAMS} streams; what is
 * longer is handed out in pieces. Call {@link #flush} at the end of the input.
 */
public final class Envelope {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_STREAMS = 64;
  private static final double NEARLY_ALL = 0.9;
  private static final JsonFactory JSON = new JsonFactory();

  /** The kinds of envelopes. */
  private enum Kind {
    DOCKER_JSON,
    CRI,
    PREFIX
  }

  /** Where unwrapped lines go. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one line of the program inside.
     *
     * @param buffer holds the line; borrowed for the call
     * @param offset first byte
     * @param length number of bytes, without a line end
     * @param stream which of the streams in the input it is of ({@code stdout}, a container); lines
     *     of different streams are never of one record; empty when there is only one
     * @param timestamp when the runtime read it, in nanoseconds, or {@link LogEvent#NO_TIMESTAMP}
     * @param place where the physical line, of a split line the last of them, begins in the source
     * @param number of that line
     */
    void line(
        byte[] buffer,
        int offset,
        int length,
        String stream,
        long timestamp,
        long place,
        long number);
  }

  private static final class Pending {
    byte[] bytes = new byte[256];
    int length;
    long timestamp = LogEvent.NO_TIMESTAMP;
    long place;
    long number;

    void deliver(String stream, Sink sink) {
      sink.line(bytes, 0, length, stream, timestamp, place, number);
    }

    boolean append(byte[] b, int from, int count) {
      if (length + count > LONGEST_LINE) {
        return false;
      }
      if (length + count > bytes.length) {
        bytes =
            Arrays.copyOf(
                bytes, Math.min(LONGEST_LINE, Math.max(2 * bytes.length, length + count)));
      }
      System.arraycopy(b, from, bytes, length, count);
      length += count;
      return true;
    }
  }

  private final Kind kind;
  private final Timestamps timestamps = new Timestamps(TimeContext.DEFAULT);
  private final TimestampFields fields = new TimestampFields();
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private long place;
  private long number;

  private Envelope(Kind kind) {
    this.kind = kind;
  }

  /** The envelope of nearly all lines of a sample, or null. */
  public static @Nullable Envelope detect(RecordBatch batch) {
    for (Kind kind : Kind.values()) {
      int lines = 0;
      int hits = 0;
      for (int i = 0; i < batch.size(); i++) {
        if (batch.length(i) > 0) {
          lines++;
          hits += looksLike(kind, batch.buffer(), batch.start(i), batch.end(i)) ? 1 : 0;
        }
      }
      if (lines > 0 && hits >= NEARLY_ALL * lines) {
        return new Envelope(kind);
      }
    }
    return null;
  }

  /** The name of the kind: {@code docker-json}, {@code cri} or {@code prefix}. */
  public String name() {
    return switch (kind) {
      case DOCKER_JSON -> "docker-json";
      case CRI -> "cri";
      case PREFIX -> "prefix";
    };
  }

  private static boolean looksLike(Kind kind, byte[] b, int from, int to) {
    return switch (kind) {
      case DOCKER_JSON -> Ascii.startsWith(b, from, to, "{\"log\":\"") && b[to - 1] == '}';
      case CRI -> criTag(b, from, to) > 0;
      case PREFIX -> prefixEnd(b, from, to) > 0;
    };
  }

  /**
   * Unwraps one physical line; the sink is called once, or not at all for the beginning of a split
   * line.
   *
   * @param newPlace where the line begins in the source
   * @param newNumber of the line, in any counting that goes up
   * @return false when the line is not wrapped; the sink then got it as it is
   */
  public boolean unwrap(
      byte[] buffer, int offset, int length, long newPlace, long newNumber, Sink sink) {
    place = newPlace;
    number = newNumber;
    int end = offset + length;
    boolean wrapped =
        switch (kind) {
          case DOCKER_JSON -> docker(buffer, offset, end, sink);
          case CRI -> cri(buffer, offset, end, sink);
          case PREFIX -> prefix(buffer, offset, end, sink);
        };
    if (!wrapped) {
      sink.line(buffer, offset, length, "", LogEvent.NO_TIMESTAMP, place, number);
    }
    return wrapped;
  }

  /** Hands out the beginnings of split lines whose ends did not come. */
  public void flush(Sink sink) {
    pending.forEach((stream, p) -> p.deliver(stream, sink));
    pending.clear();
  }

  /** Whether it holds the beginning of a split line. */
  public boolean isInsideLine() {
    return !pending.isEmpty();
  }

  /** Hands out the beginnings of split lines that nothing was added to since {@code line}. */
  public void flushQuietSince(long line, Sink sink) {
    for (Iterator<Map.Entry<String, Pending>> all = pending.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, Pending> one = all.next();
      if (one.getValue().number <= line) {
        all.remove();
        one.getValue().deliver(one.getKey(), sink);
      }
    }
  }

  private boolean docker(byte[] b, int from, int to, Sink sink) {
    String log = null;
    String stream = "";
    long time = LogEvent.NO_TIMESTAMP;
    try (JsonParser json = JSON.createParser(b, from, to - from)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_STRING) {
          json.skipChildren();
        } else if (name.equals("log")) {
          log = json.getText();
        } else if (name.equals("stream")) {
          stream = json.getText();
        } else if (name.equals("time")) {
          time = timestamps.epochNanos(json.getText());
        }
      }
    } catch (IOException malformed) {
      return false;
    }
    if (log == null) {
      return false;
    }
    byte[] line = log.getBytes(StandardCharsets.UTF_8);
    boolean whole = line.length > 0 && line[line.length - 1] == '\n';
    int length = Ascii.trimEnd(line, 0, line.length);
    deliver(line, 0, whole ? length : line.length, stream, time, whole, sink);
    return true;
  }

  private boolean cri(byte[] b, int from, int to, Sink sink) {
    int tag = criTag(b, from, to);
    if (tag < 0) {
      return false;
    }
    int timeEnd = TimestampScanner.scan(b, from, to, fields);
    long time = timestamps.epochNanos(fields);
    String stream = Ascii.text(b, timeEnd + 1, tag - 1);
    int text = Math.min(to, tag + 2);
    deliver(b, text, to - text, stream, time, b[tag] == 'F', sink);
    return true;
  }

  /** The index of the {@code F} or {@code P} of a CRI line, or -1. */
  private static int criTag(byte[] b, int from, int to) {
    if (to - from < 24 || b[from] < '0' || b[from] > '9' || b[from + 10] != 'T') {
      return -1;
    }
    int blank = Ascii.tokenEnd(b, from, Math.min(to, from + 40));
    if (!Ascii.startsWith(b, blank, to, " stdout ")
        && !Ascii.startsWith(b, blank, to, " stderr ")) {
      return -1;
    }
    int tag = blank + 8;
    boolean ends = tag + 1 >= to || b[tag + 1] == ' ' || b[tag + 1] == ':';
    return tag < to && (b[tag] == 'F' || b[tag] == 'P') && ends ? tag : -1;
  }

  private static boolean nameByte(byte c) {
    return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '-' || c == '_' || c == '.';
  }

  /** Where the text behind {@code name | } or {@code [pod/…] } begins, or -1. */
  private static int prefixEnd(byte[] b, int from, int to) {
    if (Ascii.startsWith(b, from, to, "[pod/")) {
      int end = Ascii.bracketEnd(b, from, to);
      return end < 0 ? -1 : end < to && b[end] == ' ' ? end + 1 : end;
    }
    int name = from;
    while (name < to && nameByte(b[name])) {
      name++;
    }
    int bar = Ascii.skipBlanks(b, name, to);
    boolean named =
        name > from && Ascii.isLetter(b[from]) && SeverityWords.of(b, from, name) == null;
    if (!named || bar == name || bar >= to || b[bar] != '|') {
      return -1;
    }
    return bar + 1 < to && b[bar + 1] == ' ' ? bar + 2 : bar + 1 == to ? to : -1;
  }

  private boolean prefix(byte[] b, int from, int to, Sink sink) {
    int text = prefixEnd(b, from, to);
    if (text < 0) {
      return false;
    }
    int nameEnd = b[from] == '[' ? Ascii.bracketEnd(b, from, to) - 1 : Ascii.tokenEnd(b, from, to);
    String stream = Ascii.text(b, b[from] == '[' ? from + 1 : from, nameEnd);
    sink.line(b, text, to - text, stream, LogEvent.NO_TIMESTAMP, place, number);
    return true;
  }

  private void deliver(
      byte[] b, int from, int length, String stream, long time, boolean whole, Sink sink) {
    Pending begun = pending.get(stream);
    if (begun == null && whole) {
      sink.line(b, from, length, stream, time, place, number);
      return;
    }
    if (begun == null) {
      if (pending.size() >= MOST_STREAMS) {
        flush(sink);
      }
      begun = new Pending();
      begun.timestamp = time;
      pending.put(stream, begun);
    }
    begun.place = place;
    begun.number = number;
    if (!begun.append(b, from, length)) {
      begun.deliver(stream, sink);
      begun.length = 0;
      begun.append(b, from, Math.min(length, LONGEST_LINE));
    }
    if (whole) {
      pending.remove(stream);
      begun.deliver(stream, sink);
    }
  }
}
