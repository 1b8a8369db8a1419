package io.logsense.aws;

import io.logsense.api.source.RecordBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has been handed out of the latest stretch of time, in which more may still turn up: so that
 * the stretch can be read again without handing out anything twice.
 *
 * <p>Ids are kept as hashes of {@link #BITS} bits, so that many fit into a checkpoint. That one of
 * them equals the hash of something new has a probability of ids / 2⁴⁸.
 */
final class Handed {
  /** Ids kept at most: about 20 MB. */
  static final int MOST = 250_000;

  private static final int BITS = 48;
  private static final int DIGIT_BITS = 6;
  private static final int DIGITS = BITS / DIGIT_BITS;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

  private final TreeMap<Long, Set<Long>> idsByTime = new TreeMap<>();
  private int size;

  private static long hash(String id) {
    long hash = RecordBuffer.offsetOf(id);
    return (hash ^ hash >>> BITS) & (1L << BITS) - 1;
  }

  /** Remembers {@code id}. */
  void add(long time, String id) {
    add(time, hash(id));
  }

  private void add(long time, long hash) {
    size += idsByTime.computeIfAbsent(time, unused -> new HashSet<>(2)).add(hash) ? 1 : 0;
  }

  /** Whether it is remembered. */
  boolean contains(long time, String id) {
    return idsByTime.getOrDefault(time, Set.of()).contains(hash(id));
  }

  /** Forgets what is before {@code time}, which is not read again. */
  void forgetBefore(long time) {
    Map<Long, Set<Long>> old = idsByTime.headMap(time);
    old.values().forEach(ids -> size -= ids.size());
    old.clear();
  }

  /**
   * The earliest time that can still be read again: {@code time}, or a later one when more than
   * {@link #MOST} ids have been handed out since.
   */
  long bounded(long time) {
    long from = time;
    while (size > MOST && idsByTime.size() > 1) {
      size -= idsByTime.pollFirstEntry().getValue().size();
      from = Math.max(from, idsByTime.firstKey());
    }
    return from;
  }

  /** As many of the ids as {@code length} characters hold, those of the latest times first. */
  String encode(long base, int length) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Long, Set<Long>> entry : idsByTime.descendingMap().entrySet()) {
      String time = Long.toString(entry.getKey() - base, Character.MAX_RADIX) + ':';
      int room = length - text.length() - time.length() - 1;
      if (room < DIGITS) {
        return text.toString();
      }
      text.append(time);
      entry.getValue().stream().sorted().limit(room / DIGITS).forEach(id -> append(text, id));
      text.append('.');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long id) {
    for (int shift = BITS - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      text.append(ALPHABET.charAt((int) (id >>> shift) & (1 << DIGIT_BITS) - 1));
    }
  }

  /**
   * What {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Handed decode(String text, long base) {
    Handed handed = new Handed();
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = text.indexOf('.', at);
      if (colon < 0 || end < colon || (end - colon - 1) % DIGITS != 0) {
        throw new IllegalArgumentException("ids expected at " + at);
      }
      long time = base + Long.parseLong(text, at, colon, Character.MAX_RADIX);
      for (int id = colon + 1; id < end; id += DIGITS) {
        handed.add(time, parse(text, id));
      }
      at = end + 1;
    }
    return handed;
  }

  private static long parse(String text, int start) {
    long id = 0;
    for (int i = start; i < start + DIGITS; i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("no id at " + start);
      }
      id = id << DIGIT_BITS | digit;
    }
    return id;
  }
}
