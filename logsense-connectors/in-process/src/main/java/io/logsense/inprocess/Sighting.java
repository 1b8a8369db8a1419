package io.logsense.inprocess;

/**
 * What became of an event.
 *
 * @param group where it was counted
 * @param isNew whether it is the first of its group
 * @param isReduced whether it is to be left out of the log, because a {@link Summary} will count it
 */
public record Sighting(LoggedGroup group, boolean isNew, boolean isReduced) {}
