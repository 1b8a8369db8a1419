package io.logsense;

import io.logsense.api.source.LogSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The partitions of one live source, listed again every {@link #INTERVAL}: those that are new are
 * followed as well. A partition that ended is not opened again for as long as it is listed.
 */
final class SourceListing {
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private final LogSource source;
  private final Function<String, FollowedPartition> opener;
  private final FollowedPartition.Engine engine;
  private final LongSupplier nanos;
  private final Map<String, FollowedPartition> followed = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private long due;
  private boolean failed;

  SourceListing(
      LogSource source,
      Function<String, FollowedPartition> opener,
      FollowedPartition.Engine engine,
      LongSupplier nanos) {
    this.source = source;
    this.opener = opener;
    this.engine = engine;
    this.nanos = nanos;
    this.due = nanos.getAsLong();
  }

  /** Looks, if it is time to; the partitions that are new since the last time. */
  List<FollowedPartition> refresh() {
    List<FollowedPartition> fresh = new ArrayList<>();
    followed.values().removeIf(this::hasEnded);
    if (nanos.getAsLong() - due < 0) {
      return fresh;
    }
    due = nanos.getAsLong() + INTERVAL.toNanos();
    try {
      Set<String> listed = new HashSet<>();
      for (String partition : source.partitions()) {
        listed.add(partition);
        if (!followed.containsKey(partition) && !ended.contains(partition)) {
          FollowedPartition one = opener.apply(partition);
          followed.put(partition, one);
          fresh.add(one);
        }
      }
      ended.retainAll(listed);
      followed.forEach((partition, one) -> one.listed(listed.contains(partition)));
      failed = false;
    } catch (IOException | RuntimeException e) {
      if (!failed) {
        engine.fail(source.id(), e);
      }
      failed = true;
    }
    return fresh;
  }

  private boolean hasEnded(FollowedPartition one) {
    if (one.isClosed()) {
      ended.add(one.partition());
    }
    return one.isClosed();
  }
}
