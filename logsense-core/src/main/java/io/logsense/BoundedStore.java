package io.logsense;

import io.logsense.api.store.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the events of a bounded run as it goes. Used by one thread. */
final class BoundedStore {
  private final LogStore store;
  private final StoreAppender appender;
  private final List<Kept> waiting = new ArrayList<>();
  private long chars;

  BoundedStore(LogStore store) {
    this.store = store;
    this.appender = new StoreAppender(store);
  }

  /** What the store threw: to be told from what sources throw. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Failure(RuntimeException cause) {
      super(cause);
    }
  }

  void add(Kept event) {
    waiting.add(event);
    chars += event.chars();
    if (waiting.size() >= StoreAppender.MOST_EVENTS || chars >= StoreAppender.MOST_CHARS) {
      flush();
    }
  }

  /**
   * Keeps the rest.
   *
   * @param renamed groups that have other ids than when their events came
   */
  void finish(Map<String, String> renamed) {
    flush();
    if (!renamed.isEmpty()) {
      try {
        store.regroup(renamed);
      } catch (RuntimeException e) {
        throw new Failure(e);
      }
    }
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      try {
        appender.append(waiting, Map.of());
      } catch (RuntimeException e) {
        throw new Failure(e);
      }
      waiting.clear();
      chars = 0;
    }
  }
}
