package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.source.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * A record after every stage that needs no memory of other records.
 *
 * @param position where it stands
 * @param event the masked event; null for a dead letter
 * @param print identities of its stack trace; null without one
 * @param former identities of its stack trace under an earlier scheme; null without one
 * @param dead why it is no event; null for an event
 */
record Prepared(
    SourcePosition position,
    @Nullable LogEvent event,
    @Nullable StackFingerprint print,
    @Nullable StackFingerprint former,
    @Nullable DeadLetter dead) {}
