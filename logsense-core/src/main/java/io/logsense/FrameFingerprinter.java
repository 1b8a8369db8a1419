package io.logsense;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.Fingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.ThrowableReader;
import io.logsense.internal.fingerprint.FrameFingerprints;
import io.logsense.internal.fingerprint.FrameOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Identities of throwables by the names of their frames, whatever form they come in.
 *
 * <p>A live throwable, the proxy that a logging library made of it and its printed form have the
 * same identities. Lines, files and messages do not matter to any but the exact one, nor do what
 * compilers, proxies, reflection and class loaders add to a name, nor the depth of a recursion.
 *
 * <p>Immutable and used by many threads.
 */
public final class FrameFingerprinter implements Fingerprinter {
  static final FrameFingerprinter DEFAULT = new FrameFingerprinter(List.of(), List.of(), List.of());

  private final List<String> inApp;
  private final List<String> notInApp;
  private final List<String> transparent;
  private final FrameFingerprints fingerprints;

  private FrameFingerprinter(List<String> inApp, List<String> notInApp, List<String> transparent) {
    this.inApp = inApp;
    this.notInApp = notInApp;
    this.transparent = transparent;
    fingerprints = new FrameFingerprints(inApp, notInApp, transparent);
  }

  /**
   * One that takes only names under these prefixes for the application's. Without a prefix,
   * everything is that is not under a built-in list of runtimes and libraries.
   */
  public FrameFingerprinter inApp(String... prefixes) {
    return new FrameFingerprinter(plus(inApp, prefixes), notInApp, transparent);
  }

  /** One that takes names under these prefixes for a library's. */
  public FrameFingerprinter notInApp(String... prefixes) {
    return new FrameFingerprinter(inApp, plus(notInApp, prefixes), transparent);
  }

  /**
   * One that looks through throwables of these types as well, given as full names. Those of the JDK
   * and of common frameworks that only carry another throwable are known.
   */
  public FrameFingerprinter transparent(String... types) {
    return new FrameFingerprinter(inApp, notInApp, plus(transparent, types));
  }

  @Override
  public String scheme() {
    return FrameFingerprints.JAVA_SCHEME;
  }

  @Override
  public StackFingerprint fingerprint(StackTrace trace) {
    return fingerprints.of(trace);
  }

  /** The identities of a throwable of this JVM. */
  public StackFingerprint fingerprint(Throwable throwable) {
    return fingerprints.of(throwable);
  }

  /** The identities of a logging library's throwable. */
  public <T> StackFingerprint fingerprint(T throwable, ThrowableReader<T> reader) {
    return fingerprints.of(throwable, reader);
  }

  /** What was made of each printed frame of a trace, outermost throwable first. */
  public List<FrameUse> explain(StackTrace trace) {
    return fingerprints.uses(trace).stream()
        .map(
            use ->
                new FrameUse(
                    use.frame(),
                    use.throwable(),
                    use.origin() == FrameOrigin.APPLICATION,
                    use.kept()))
        .toList();
  }

  /** The frame to look at first: the first kept one of the root cause, or of what wraps it. */
  public Optional<StackFrame> location(StackTrace trace) {
    FrameUse best = null;
    for (FrameUse use : explain(trace)) {
      if (use.kept() && (best == null || use.throwable() > best.throwable())) {
        best = use;
      }
    }
    return Optional.ofNullable(best).map(FrameUse::frame);
  }

  private static List<String> plus(List<String> known, String... more) {
    List<String> all = new ArrayList<>(known);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /**
   * What was made of a frame.
   *
   * @param frame the frame
   * @param throwable its throwable's place in the chain, 0 for the outermost
   * @param inApp whether it is the application's
   * @param kept whether it is part of the strict identity
   */
  public record FrameUse(StackFrame frame, int throwable, boolean inApp, boolean kept) {}
}
