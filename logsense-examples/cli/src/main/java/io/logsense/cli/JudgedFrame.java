package io.logsense.cli;

import io.logsense.api.event.StackFrame;

/**
 * A frame, and what a fingerprint makes of it.
 *
 * @param frame the frame as printed
 * @param inApp whether it is the application's own code
 * @param kept whether it takes part in the identity
 */
record JudgedFrame(StackFrame frame, boolean inApp, boolean kept) {}
