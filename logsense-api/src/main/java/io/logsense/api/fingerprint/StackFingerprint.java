package io.logsense.api.fingerprint;

/**
 * The identities of one stack trace, from the finest to the coarsest.
 *
 * @param exact everything, lines included: equal for the same fault in the same build
 * @param strict all kept frames of all kept throwables, without lines, files and messages
 * @param site type of the root cause and the frames that say where the fault is
 * @param root type of the root cause and its first kept frame
 * @param quality what the identities could be computed from
 */
public record StackFingerprint(
    Fingerprint exact, Fingerprint strict, Fingerprint site, Fingerprint root, Quality quality) {

  /** The identity at one level. */
  public Fingerprint at(Level level) {
    return switch (level) {
      case EXACT -> exact;
      case STRICT -> strict;
      case SITE -> site;
      case ROOT -> root;
    };
  }

  /** How fine an identity is, finest first. */
  public enum Level {
    /** {@link StackFingerprint#exact()}. */
    EXACT,
    /** {@link StackFingerprint#strict()}. */
    STRICT,
    /** {@link StackFingerprint#site()}. */
    SITE,
    /** {@link StackFingerprint#root()}. */
    ROOT
  }

  /** What the identities could be computed from, best first. */
  public enum Quality {
    /** Frames of the application. */
    FULL,
    /** No frame of the application: all frames were used. */
    SYSTEM,
    /** The trace was cut: {@code strict} may differ from that of the whole trace. */
    TRUNCATED,
    /** No frames at all: type and parameterised message were used. */
    MESSAGE
  }
}
