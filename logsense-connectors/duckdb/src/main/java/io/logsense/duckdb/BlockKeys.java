package io.logsense.duckdb;

import io.logsense.api.store.EventQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a query seeks in the {@link BlockFilter} of each block. */
final class BlockKeys {
  /** More pieces of a text tell hardly more. */
  private static final int MAX_GRAMS = 12;

  private final Set<Long> hashes = new LinkedHashSet<>();

  private BlockKeys() {}

  static BlockKeys of(EventQuery query) {
    BlockKeys keys = new BlockKeys();
    query.text().ifPresent(keys::text);
    query.service().ifPresent(service -> keys.value(service, BlockFilter.SERVICE));
    query.traceId().ifPresent(trace -> keys.value(trace, BlockFilter.TRACE));
    return keys;
  }

  /** The longest pieces, as they are the rarest, from all over the text. */
  private void text(String text) {
    byte[] bytes = BlockFilter.utf8(text);
    for (int length = Grams.LONG; length > 0 && hashes.size() < MAX_GRAMS; length--) {
      Set<Long> some = new LinkedHashSet<>();
      int wanted = length;
      Grams.of(
          bytes,
          (run, of) -> {
            if (of == wanted) {
              some.add(Grams.hash(run, of));
            }
          });
      List<Long> all = new ArrayList<>(some);
      int room = Math.min(MAX_GRAMS - hashes.size(), all.size());
      for (int i = 0; i < room; i++) {
        hashes.add(all.get((int) ((long) i * all.size() / room)));
      }
    }
  }

  private void value(String value, int salt) {
    long hash = Grams.hash(BlockFilter.utf8(value), salt);
    for (int i = 0; i < BlockFilter.VALUE_KEYS; i++) {
      hashes.add(hash);
      hash = Grams.next(hash);
    }
  }

  /** Selects the blocks that may have all of it; empty when nothing is sought in them. */
  String sql() {
    if (hashes.isEmpty()) {
      return "";
    }
    List<String> found = new ArrayList<>();
    for (long hash : hashes) {
      long bits = BlockFilter.bits(hash);
      found.add(
          "(((line = (%d & (lines - 1)) AND (w%d & %d) = %d)::INTEGER) << %d)"
              .formatted(BlockFilter.line(hash), BlockFilter.word(hash), bits, bits, found.size()));
    }
    return "SELECT block FROM block_filters GROUP BY block HAVING bit_or("
        + String.join(" | ", found)
        + ") = "
        + ((1L << found.size()) - 1);
  }
}
