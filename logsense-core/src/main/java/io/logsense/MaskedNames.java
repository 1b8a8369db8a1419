package io.logsense;

import io.logsense.api.mask.Masker;
import org.jspecify.annotations.Nullable;

/**
 * Masks texts that come again and again, such as names of loggers and threads, by looking them up.
 *
 * <p>A direct-mapped table of immutable entries, shared by threads without a lock: a lost update
 * costs one masking. Bounded: {@value #SIZE} texts of at most {@value #LONGEST} characters.
 */
final class MaskedNames {
  private static final int SIZE = 1 << 10;
  private static final int LONGEST = 256;

  private final Masker masker;
  private final @Nullable Entry[] entries = new Entry[SIZE];

  MaskedNames(Masker masker) {
    this.masker = masker;
  }

  String mask(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return text.isEmpty() ? text : masker.mask(text);
    }
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
    Entry entry = entries[slot];
    if (entry == null || !entry.text.equals(text)) {
      entry = new Entry(text, masker.mask(text));
      entries[slot] = entry;
    }
    return entry.masked;
  }

  private record Entry(String text, String masked) {}
}
