package io.logsense.api.store;

import io.logsense.api.group.Group;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps groups between runs. Implemented by connectors; calls may come from any thread.
 *
 * <p>A failing store throws {@link io.logsense.api.LogSenseException} and keeps what it had.
 */
public interface GroupStore {
  /** Stores {@code groups}, replacing those of the same id. All or none. */
  void save(Collection<Group> groups);

  /** The group of that id. */
  Optional<Group> find(String id);

  /** All groups, by id. */
  List<Group> load();
}
