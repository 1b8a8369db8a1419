package io.logsense.cli;

import io.logsense.api.event.ThrownError;
import java.util.List;

/**
 * A throwable of a stack trace with its frames judged.
 *
 * @param error the throwable
 * @param suppressed whether it was suppressed rather than a part of the chain of causes
 * @param frames its own frames, throw point first
 */
record JudgedError(ThrownError error, boolean suppressed, List<JudgedFrame> frames) {}
