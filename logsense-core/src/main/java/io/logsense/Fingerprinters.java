package io.logsense;

import io.logsense.api.fingerprint.StackFingerprint.Level;

/** Identities of stack traces. */
public final class Fingerprinters {
  /** The level that groups are made of unless the application says otherwise. */
  public static final Level DEFAULT_LEVEL = Level.SITE;

  private Fingerprinters() {}

  /**
   * Fingerprints from normalised frames: scheme {@code jf1} for the JVM languages, {@code sf1} for
   * the others.
   */
  public static FrameFingerprinter javaFrames() {
    return FrameFingerprinter.DEFAULT;
  }
}
