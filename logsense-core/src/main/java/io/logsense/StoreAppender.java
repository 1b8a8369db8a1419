package io.logsense;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Appends events to a store, and counts them. Appending is up to one thread at a time. */
final class StoreAppender {
  /** Events in one call: enough to be worth a transaction, few enough to be held in memory. */
  static final int MOST_EVENTS = 5000;

  /** Characters in one call, about. */
  static final int MOST_CHARS = 8 << 20;

  private final LogStore store;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();

  StoreAppender(LogStore store) {
    this.store = store;
  }

  void append(List<Kept> events, Map<String, Checkpoint> checkpoints) {
    List<StoredEvent> batch = new ArrayList<>(events.size());
    for (Kept event : events) {
      batch.add(event.toStored());
    }
    long fresh = store.append(batch, checkpoints);
    stored.addAndGet(fresh);
    duplicates.addAndGet(batch.size() - fresh);
  }

  /** Events that were new to the store. */
  long stored() {
    return stored.get();
  }

  /** Events that it had already. */
  long duplicates() {
    return duplicates.get();
  }
}
