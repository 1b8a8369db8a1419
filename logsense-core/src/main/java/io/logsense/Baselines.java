package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.event.LogEvent;
import io.logsense.internal.finding.RateWatch;
import io.logsense.internal.store.WholeFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is normal for each group: how many events a minute at which time of day, and which groups
 * keep a beat. {@link LogSense.Builder#baselines} keeps them in a file.
 */
public final class Baselines {
  private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);
  private static final int MAGIC = 0x4C53_424C; // "LSBL"
  private static final int VERSION = 1;

  private final AnomalyDetector detector = Detectors.standard();
  private final RateWatch rates;
  private final int most;
  private final Map<String, Integer> series = new HashMap<>();
  private final List<String> ids = new ArrayList<>();

  /** The series that had events since this was made. */
  private final BitSet begun = new BitSet();

  private long start = LogEvent.NO_TIMESTAMP;
  private int loaded;

  /**
   * No baselines yet.
   *
   * @param most groups to keep
   */
  Baselines(RateWatch.Listener listener, int most) {
    this.most = most;
    rates = new RateWatch(detector, Timeline.MINUTE, listener);
  }

  /**
   * Those of a file; none when there is no file, or one that cannot be used, which is said in the
   * log.
   */
  static Baselines of(@Nullable Path file, RateWatch.Listener listener, int most) {
    Baselines loaded = new Baselines(listener, most);
    if (file == null || !Files.exists(file)) {
      return loaded;
    }
    try {
      loaded.load(file);
      return loaded;
    } catch (LogSenseException e) {
      LOG.warn("baselines begin anew: {}", e.getMessage());
      return new Baselines(listener, most);
    }
  }

  /**
   * Merges baselines, learned from shards of history or by several instances, into one file.
   *
   * @param target is replaced if it exists
   * @param shards files that {@link LogSense.Builder#baselines} kept; {@code target} may be among
   *     them
   * @throws LogSenseException (external) when a file cannot be read or written; (usage) when one
   *     holds no baselines; {@code target} is then as before
   */
  public static void merge(Path target, List<Path> shards) {
    Baselines all = new Baselines(new RateWatch.Listener() {}, Integer.MAX_VALUE);
    shards.forEach(all::load);
    save(target, all.bytes());
  }

  RateWatch rates() {
    return rates;
  }

  /** The handle of a group's series; a new one if need be. */
  int series(String group) {
    int handle = handle(group);
    begun.set(handle);
    return handle;
  }

  private int handle(String group) {
    return series.computeIfAbsent(
        group,
        id -> {
          ids.add(id);
          return ids.size() - 1;
        });
  }

  /** Whether a group was known when baselines were loaded. */
  boolean knew(String group) {
    Integer handle = series.get(group);
    return handle != null && handle < loaded;
  }

  /** The earliest event ever judged, in nanoseconds since the epoch. */
  long start() {
    return start;
  }

  /** Notes the time of an event. */
  void seen(long epochNanos) {
    start = start == LogEvent.NO_TIMESTAMP ? epochNanos : Math.min(start, epochNanos);
  }

  /** Adds what a file holds. */
  void load(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      load(in.readAllBytes());
    } catch (EOFException e) {
      throw new LogSenseException(Category.USAGE, file + " is cut short: it holds no baselines", e);
    } catch (IOException e) {
      throw new LogSenseException(Category.EXTERNAL, "cannot read baselines from " + file, e);
    } catch (LogSenseException e) {
      throw new LogSenseException(e.category(), file + ": " + e.getMessage(), e);
    }
    loaded = ids.size();
  }

  private void load(byte[] bytes) throws IOException {
    CRC32C sum = new CRC32C();
    int end = bytes.length - Integer.BYTES;
    if (end < 0) {
      throw new EOFException();
    }
    sum.update(bytes, 0, end);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC || in.readByte() != VERSION) {
      throw new LogSenseException(Category.USAGE, "these are no baselines of version " + VERSION);
    }
    if (new DataInputStream(new ByteArrayInputStream(bytes, end, Integer.BYTES)).readInt()
        != (int) sum.getValue()) {
      throw new LogSenseException(Category.USAGE, "damaged; delete it to begin anew");
    }
    long theirs = in.readLong();
    int count = in.readInt();
    Map<Integer, Integer> handles = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String id = in.readUTF();
      int handle = in.readInt();
      if (series.containsKey(id) || ids.size() < most) {
        handles.put(handle, handle(id));
        rates.mergeBeat(handle(id), in);
      } else {
        RateWatch.skipBeat(in);
      }
    }
    if (theirs != LogEvent.NO_TIMESTAMP) {
      seen(theirs);
    }
    detector.merge(in, handle -> handles.getOrDefault(handle, -1));
  }

  /** All there is to keep. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeLong(start);
      out.writeInt(ids.size());
      // When there is no room for all, those seen last time are kept.
      for (boolean now : new boolean[] {true, false}) {
        for (int i = 0; i < ids.size(); i++) {
          if (begun.get(i) == now) {
            out.writeUTF(ids.get(i));
            out.writeInt(i);
            rates.writeBeat(i, out);
          }
        }
      }
      detector.snapshot(out);
      CRC32C sum = new CRC32C();
      sum.update(bytes.toByteArray());
      out.writeInt((int) sum.getValue());
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Writes what {@link #bytes} returned. */
  static void save(Path file, byte[] bytes) {
    try {
      WholeFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw new LogSenseException(Category.EXTERNAL, "cannot write baselines to " + file, e);
    }
  }
}
