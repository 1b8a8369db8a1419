package io.logsense.api.source;

import io.logsense.api.event.SourcePosition;

/**
 * A record that could not become an event.
 *
 * @param position where it stands
 * @param reason why, in words
 * @param excerpt its first characters, masked, unprintable ones replaced
 */
public record DeadLetter(SourcePosition position, String reason, String excerpt) {}
