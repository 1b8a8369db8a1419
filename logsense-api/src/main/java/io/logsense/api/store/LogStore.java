package io.logsense.api.store;

import io.logsense.api.source.Checkpoint;
import java.util.List;
import java.util.Map;

/**
 * Keeps events, and how far their sources were read. Implemented by connectors; calls may come from
 * any thread.
 *
 * <p>Events and checkpoints are kept together, so that a crash leaves neither events that the
 * checkpoints have not passed and that come again unnoticed, nor a gap. A failing store throws
 * {@link io.logsense.api.LogSenseException}, transient or external, and keeps what it had.
 */
public interface LogStore extends AutoCloseable {
  /**
   * Keeps events and checkpoints: all or, when it throws, none. Returns when they would survive a
   * crash of the process. An event whose id is there already, or comes twice in {@code events}, is
   * kept once.
   *
   * @param checkpoints by name of the partition; takes the place of what was kept under the name
   * @return how many of the events were new
   */
  long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints);

  /** The checkpoints of the last {@link #append} of each name. */
  Map<String, Checkpoint> checkpoints();

  /** Events that fulfil {@code query}, newest first, those without a time last. */
  List<StoredEvent> find(EventQuery query);

  /** How many events fulfil {@code query}; its limit does not count. */
  long count(EventQuery query);

  /**
   * How many events each group has, of those that fulfil {@code query}; its limit does not count.
   */
  Map<String, Long> countByGroup(EventQuery query);

  /**
   * Gives the events of some groups to others, as when two turn out to be one. All at once: an
   * event that comes to a group stays there, though that group may go elsewhere.
   *
   * @param groups id of the earlier group to that of its new one
   */
  void regroup(Map<String, String> groups);

  /**
   * Removes events that fulfil {@code query}, without trace; its limit does not count. For the end
   * of their time and for people who want to be forgotten.
   *
   * @return how many
   */
  long remove(EventQuery query);

  /** Closes it; whatever is called later throws (usage), but for another close. */
  @Override
  void close();
}
