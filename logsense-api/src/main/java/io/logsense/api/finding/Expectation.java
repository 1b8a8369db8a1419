package io.logsense.api.finding;

/**
 * One interval of a group's time: how many events it had, and how many were to be expected.
 *
 * @param start of the interval, in nanoseconds since the epoch
 * @param observed events in it
 * @param low the lower end of what was to be expected; negative infinity while nothing is known
 * @param high the upper end; positive infinity while nothing is known
 */
public record Expectation(long start, long observed, double low, double high) {}
