package io.logsense.cli;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;

/**
 * A frame, and what a fingerprint makes of it.
 *
 * @param error the throwable it belongs to
 * @param frame the frame as printed
 * @param inApp whether it is the application's own code
 * @param kept whether it takes part in the identity
 */
record JudgedFrame(ThrownError error, StackFrame frame, boolean inApp, boolean kept) {}
