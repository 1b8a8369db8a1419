package io.logsense.internal.fingerprint;

import io.logsense.api.fingerprint.StackFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of live throwables seen lately, found again without hashing a character.
 *
 * <p>A JVM gives the frames of all throwables the same instances of names, so that a repeated
 * throwable is recognised by comparing references. What is compared is everything that the
 * fingerprint depends on: types, names and lines of the whole chain. A slot is chosen by the cached
 * hashes of a few names; a wrong slot costs a recomputation, never a wrong answer.
 *
 * <p>At most {@value #SLOTS} throwables of at most {@value #MOST_FRAMES} frames and {@value
 * #MOST_THROWABLES} causes are kept. Slots are overwritten by whoever comes last; entries are
 * immutable, so that no lock is needed. A chain without frames is not kept, because its message
 * matters.
 */
final class RepeatMemo {
  private static final int SLOTS = 256;
  private static final int MOST_FRAMES = 1024;
  private static final int MOST_THROWABLES = 16;

  private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
  private final AtomicReference<@Nullable Scratch> free = new AtomicReference<>(new Scratch());

  /** The fingerprint of an equal throwable, null when it was not seen lately. */
  <T, F> @Nullable StackFingerprint find(T outermost, ThrowableForm<T, F> form) {
    Scratch scratch = free.getAndSet(null);
    if (scratch == null) {
      scratch = new Scratch();
    }
    try {
      if (!scratch.collect(outermost, form)) {
        return null;
      }
      Entry entry = entries[slot(scratch, form)];
      return entry != null && entry.holds(scratch, form) ? entry.fingerprint : null;
    } finally {
      scratch.clear();
      free.set(scratch);
    }
  }

  /** Remembers a fingerprint that was computed. */
  <T, F> void keep(T outermost, ThrowableForm<T, F> form, StackFingerprint fingerprint) {
    Scratch scratch = new Scratch();
    if (fingerprint.quality() == StackFingerprint.Quality.MESSAGE
        || !scratch.collect(outermost, form)) {
      return;
    }
    Entry entry = Entry.of(scratch, form, fingerprint);
    if (entry != null) {
      entries[slot(scratch, form)] = entry;
    }
  }

  @SuppressWarnings("unchecked") // the scratch holds what the same form gave
  private static <T, F> int slot(Scratch scratch, ThrowableForm<T, F> form) {
    int hash = 0;
    for (int i = 0; i < scratch.size; i++) {
      F frames = (F) scratch.frames[i];
      int count = form.count(frames);
      hash = hash * 31 + scratch.types[i].hashCode();
      hash = hash * 31 + count;
      if (count > 0) {
        hash = hash * 31 + form.method(frames, 0).hashCode();
        hash = hash * 31 + form.line(frames, 0);
        hash = hash * 31 + form.method(frames, count / 2).hashCode();
      }
    }
    hash *= 0x9E3779B9;
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  /** The chain of one throwable, laid out for comparison. Used by one thread at a time. */
  private static final class Scratch {
    final Object[] throwables = new Object[MOST_THROWABLES];
    final Object[] frames = new Object[MOST_THROWABLES];
    final String[] types = new String[MOST_THROWABLES];
    int size;

    /** Whether the chain is short enough and ends. */
    <T, F> boolean collect(T outermost, ThrowableForm<T, F> form) {
      size = 0;
      @Nullable T next = outermost;
      while (next != null) {
        if (size == MOST_THROWABLES || has(next)) {
          return false;
        }
        throwables[size] = next;
        frames[size] = form.frames(NormalThrowable.assembled(next, form));
        types[size++] = form.type(next);
        next = form.cause(next);
      }
      return true;
    }

    @SuppressWarnings("ReferenceEquality") // a chain comes back to itself, not to its equal
    private boolean has(Object throwable) {
      for (int i = 0; i < size; i++) {
        if (throwables[i] == throwable) {
          return true;
        }
      }
      return false;
    }

    @SuppressWarnings("NullAway") // nothing may keep the last throwable alive
    void clear() {
      for (int i = 0; i < size; i++) {
        throwables[i] = null;
        frames[i] = null;
        types[i] = null;
      }
      size = 0;
    }
  }

  /** A throwable seen. Its final fields make it safe to publish by a race. */
  private static final class Entry {
    final String[] types;
    final int[] counts;
    final String[] names;
    final int[] lines;
    final StackFingerprint fingerprint;

    private Entry(
        String[] types, int[] counts, String[] names, int[] lines, StackFingerprint fingerprint) {
      this.types = types;
      this.counts = counts;
      this.names = names;
      this.lines = lines;
      this.fingerprint = fingerprint;
    }

    @SuppressWarnings("unchecked") // the scratch holds what the same form gave
    static <T, F> @Nullable Entry of(
        Scratch scratch, ThrowableForm<T, F> form, StackFingerprint fingerprint) {
      String[] types = new String[scratch.size];
      int[] counts = new int[scratch.size];
      List<String> names = new ArrayList<>();
      List<Integer> lines = new ArrayList<>();
      for (int i = 0; i < scratch.size; i++) {
        F frames = (F) scratch.frames[i];
        types[i] = scratch.types[i];
        counts[i] = form.count(frames);
        if (lines.size() + counts[i] > MOST_FRAMES) {
          return null;
        }
        for (int k = 0; k < counts[i]; k++) {
          names.add(form.className(frames, k));
          names.add(form.method(frames, k));
          lines.add(form.line(frames, k));
        }
      }
      return new Entry(
          types,
          counts,
          names.toArray(new String[0]),
          lines.stream().mapToInt(Integer::intValue).toArray(),
          fingerprint);
    }

    @SuppressWarnings("unchecked") // the scratch holds what the same form gave
    <T, F> boolean holds(Scratch scratch, ThrowableForm<T, F> form) {
      if (types.length != scratch.size) {
        return false;
      }
      int at = 0;
      for (int i = 0; i < types.length; i++) {
        F frames = (F) scratch.frames[i];
        if (form.count(frames) != counts[i] || !same(types[i], scratch.types[i])) {
          return false;
        }
        for (int k = 0; k < counts[i]; k++, at++) {
          if (lines[at] != form.line(frames, k)
              || !same(names[2 * at], form.className(frames, k))
              || !same(names[2 * at + 1], form.method(frames, k))) {
            return false;
          }
        }
      }
      return true;
    }

    @SuppressWarnings("ReferenceEquality") // the quick answer before the exact one
    private static boolean same(String one, String other) {
      return one == other || one.equals(other);
    }
  }
}
