package io.logsense.resilience;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.List;
import java.util.Map;

/** A store that is tried again, but for {@link #purge}. */
record GuardedStore(LogStore store, Guard guard) implements LogStore, Purgeable {
  @Override
  public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
    return Calls.plain(guard, () -> store.append(events, checkpoints));
  }

  @Override
  public Map<String, Checkpoint> checkpoints() {
    return Calls.plain(guard, store::checkpoints);
  }

  @Override
  public List<StoredEvent> find(EventQuery query) {
    return Calls.plain(guard, () -> store.find(query));
  }

  @Override
  public long count(EventQuery query) {
    return Calls.plain(guard, () -> store.count(query));
  }

  @Override
  public Map<String, Long> countByGroup(EventQuery query) {
    return Calls.plain(guard, () -> store.countByGroup(query));
  }

  @Override
  public void regroup(Map<String, String> groups) {
    Calls.plain(
        guard,
        () -> {
          store.regroup(groups);
          return groups;
        });
  }

  @Override
  public long remove(EventQuery query) {
    return Calls.plain(guard, () -> store.remove(query));
  }

  @Override
  public long mentions(Subject subject) {
    return Calls.plain(guard, () -> purgeable().mentions(subject));
  }

  /**
   * {@inheritDoc} It is tried once: an attempt that failed may have removed items, which no later
   * one would count. Who purges again goes on.
   */
  @Override
  public long purge(Subject subject) {
    return Calls.once(guard, () -> purgeable().purge(subject));
  }

  private Purgeable purgeable() {
    if (store instanceof Purgeable purgeable) {
      return purgeable;
    }
    throw new LogSenseException(
        Category.USAGE, store.getClass().getSimpleName() + " cannot forget single items");
  }

  @Override
  public void close() {
    store.close();
  }
}
