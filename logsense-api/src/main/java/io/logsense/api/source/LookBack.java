package io.logsense.api.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeSet;

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
 * <p>A checkpoint is {@code settled} and the newest records remembered, as many as fit.
 */
final class LookBack {
  private static final int SHARE_OF_QUICK_LOOK = 10;
  private static final int OFFSETS_IN_CHECKPOINT = 60;

  private final long window;
  private final int limit;
  private final TreeSet<Seen> seen = new TreeSet<>();
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
   * @param limit records remembered at most; when more are in the window, it shrinks
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
    if (!seen.add(new Seen(time, offset))) {
      return false;
    }
    newest = Math.max(newest, time);
    if (thorough) {
      settle(Math.min(began, time) - window);
    }
    if (seen.size() > limit) {
      settle(Math.min(seen.pollFirst().time + 1, time));
    }
    return true;
  }

  private void settle(long time) {
    if (time > settled) {
      settled = time;
      while (!seen.isEmpty() && seen.first().time < settled) {
        seen.pollFirst();
      }
    }
  }

  /** The place behind the records so far. */
  Checkpoint position() {
    ByteBuffer offsets = ByteBuffer.allocate(OFFSETS_IN_CHECKPOINT * (Integer.BYTES + Long.BYTES));
    for (Seen record : seen.descendingSet()) {
      if (!offsets.hasRemaining()) {
        break;
      }
      offsets
          .putInt((int) Math.min(Integer.MAX_VALUE, record.time - settled))
          .putLong(record.offset);
    }
    byte[] bytes = Arrays.copyOf(offsets.array(), offsets.position());
    return new Checkpoint(
        settled + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void resume(String checkpoint) {
    try {
      int colon = checkpoint.indexOf(':');
      settled = Long.parseLong(checkpoint.substring(0, colon));
      ByteBuffer offsets =
          ByteBuffer.wrap(Base64.getUrlDecoder().decode(checkpoint.substring(colon + 1)));
      while (offsets.hasRemaining()) {
        seen.add(new Seen(settled + offsets.getInt(), offsets.getLong()));
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new LogSenseException(
          Category.USAGE, "'" + checkpoint + "' is no checkpoint of this source", e);
    }
  }

  private record Seen(long time, long offset) implements Comparable<Seen> {
    @Override
    public int compareTo(Seen other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(offset, other.offset);
    }
  }
}
