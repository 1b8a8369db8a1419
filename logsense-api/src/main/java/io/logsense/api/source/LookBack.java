package io.logsense.api.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the looks at a system have come, and which records they have had in the window in which
 * late ones may still appear. Times are milliseconds since the epoch.
 *
 * <p>Everything older than {@link #settled} has been had for good: it is one window older than the
 * newest record of the last <i>thorough</i> look, which began at {@code settled} as it was then.
 * Between two thorough looks, a window apart, <i>quick</i> ones go back a tenth of it, so that most
 * of what is late is seen soon and little is read twice. No record moves {@code settled} beyond the
 * clock, however far in the future it says it is, and the clock never moves it beyond a record.
 *
 * <p>A checkpoint is {@code settled} and the newest offsets remembered, as many as fit.
 */
final class LookBack {
  private static final int SHARE_OF_QUICK_LOOK = 10;
  private static final int OFFSETS_IN_CHECKPOINT = 70;
  private static final long BUCKET_MILLIS = 1000;

  private final long window;
  private final int limit;

  /** Offsets by the second of their record. */
  private final TreeMap<Long, Set<Long>> seen = new TreeMap<>();

  private int remembered;
  private long settled;
  private long newest = Long.MIN_VALUE;
  private long began;
  private long beganThorough;
  private boolean thorough;

  /**
   * Resumes.
   *
   * @param first where to begin when {@code from} is the start
   * @param window how much older than the newest record a late one may be
   * @param limit offsets remembered at most; when more are in the window, it shrinks
   * @throws LogSenseException (usage) when {@code from} is of something else
   */
  LookBack(Checkpoint from, long first, long window, int limit) {
    this.window = window;
    this.limit = limit;
    settled = first;
    if (!from.equals(Checkpoint.START)) {
      resume(from.value());
    }
  }

  /** Begins a look at the time {@code now}; from which time on to ask. */
  long begin(long now) {
    thorough = newest == Long.MIN_VALUE || now - beganThorough >= window;
    long soon = Math.min(began, newest);
    began = now;
    if (thorough) {
      beganThorough = now;
      return settled;
    }
    return Math.max(settled, soon - window / SHARE_OF_QUICK_LOOK);
  }

  /** Whether a record of the look is new; remembers it. Within a look, older ones come first. */
  boolean add(long time, long offset) {
    if (!remember(Math.floorDiv(time, BUCKET_MILLIS), offset)) {
      return false;
    }
    newest = Math.max(newest, time);
    if (thorough) {
      settle(Math.min(began, time) - window);
    }
    if (remembered > limit) {
      settle((seen.firstKey() + 1) * BUCKET_MILLIS);
    }
    return true;
  }

  private boolean remember(long second, long offset) {
    boolean added = seen.computeIfAbsent(second, key -> new HashSet<>()).add(offset);
    remembered += added ? 1 : 0;
    return added;
  }

  private void settle(long time) {
    if (time > settled) {
      settled = time;
      while (!seen.isEmpty() && (seen.firstKey() + 1) * BUCKET_MILLIS <= settled) {
        remembered -= seen.pollFirstEntry().getValue().size();
      }
    }
  }

  /** The place behind the records so far. */
  Checkpoint position() {
    ByteBuffer offsets = ByteBuffer.allocate(OFFSETS_IN_CHECKPOINT * (Short.BYTES + Long.BYTES));
    long base = Math.floorDiv(settled, BUCKET_MILLIS);
    for (Map.Entry<Long, Set<Long>> bucket : seen.descendingMap().entrySet()) {
      long second = Math.max(0, Math.min(Short.MAX_VALUE, bucket.getKey() - base));
      for (long offset : bucket.getValue()) {
        if (!offsets.hasRemaining()) {
          break;
        }
        offsets.putShort((short) second).putLong(offset);
      }
    }
    byte[] bytes = Arrays.copyOf(offsets.array(), offsets.position());
    return new Checkpoint(
        settled + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void resume(String checkpoint) {
    try {
      int colon = checkpoint.indexOf(':');
      settled = Long.parseLong(checkpoint.substring(0, colon));
      long base = Math.floorDiv(settled, BUCKET_MILLIS);
      ByteBuffer offsets =
          ByteBuffer.wrap(Base64.getUrlDecoder().decode(checkpoint.substring(colon + 1)));
      while (offsets.hasRemaining()) {
        remember(base + offsets.getShort(), offsets.getLong());
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new LogSenseException(
          Category.USAGE, "'" + checkpoint + "' is no checkpoint of this source", e);
    }
  }
}
