package io.logsense.api.fingerprint;

import io.logsense.api.event.StackTrace;

/** Computes identities of stack traces. Implemented by plugins; used by many threads. */
public interface Fingerprinter {
  /** Name and version of the algorithm; a change of any result is a new scheme. */
  String scheme();

  /** The identities of {@code trace}. Deterministic: the same in every JVM. */
  StackFingerprint fingerprint(StackTrace trace);
}
