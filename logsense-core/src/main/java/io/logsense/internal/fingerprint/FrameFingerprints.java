package io.logsense.internal.fingerprint;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.ThrowableReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fingerprints of throwables in every form under one set of rules. Used by many threads. */
public final class FrameFingerprints {
  /** Scheme of the JVM languages. */
  public static final String JAVA_SCHEME = "jf1";

  /** Scheme of all other languages. */
  public static final String OTHER_SCHEME = "sf1";

  private static final String JAVA = "java";

  private final JavaFrameNames java;
  private final RepeatMemo repeats = new RepeatMemo();
  private @Nullable ReaderForm<?> latestForm;
  private final Map<String, FrameNames> others;

  /** Fingerprints under the given prefixes; all may be empty. */
  public FrameFingerprints(
      Collection<String> inApp, Collection<String> notInApp, Collection<String> transparent) {
    PrefixSet ours = PrefixSet.NONE.plus(inApp);
    PrefixSet theirs = PrefixSet.NONE.plus(notInApp);
    java = new JavaFrameNames(ours, theirs, JavaLibraries.TRANSPARENT.plus(transparent));
    others =
        Map.of(
            "python", new ScriptFrameNames("python", ours, theirs),
            "javascript", new ScriptFrameNames("javascript", ours, theirs),
            "ruby", new ScriptFrameNames("ruby", ours, theirs),
            "php", new ScriptFrameNames("php", ours, theirs),
            "go", new NativeFrameNames("go", ours, theirs),
            "rust", new NativeFrameNames("rust", ours, theirs),
            "dotnet", new NativeFrameNames("dotnet", ours, theirs));
  }

  /** The identities of a parsed trace. */
  public StackFingerprint of(StackTrace trace) {
    String language = others.containsKey(trace.language()) ? trace.language() : JAVA;
    String scheme = language.equals(JAVA) ? JAVA_SCHEME : OTHER_SCHEME;
    return Identities.of(scheme, language, chain(trace), trace.truncated());
  }

  /** The identities of a throwable of this JVM. */
  public StackFingerprint of(Throwable throwable) {
    return live(throwable, LiveForm.INSTANCE);
  }

  /** The identities of a logging library's throwable. */
  public <T> StackFingerprint of(T throwable, ThrowableReader<T> reader) {
    return live(throwable, form(reader));
  }

  /** The form of a reader, the same one as long as the reader is. */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the same reader reads the same type
  private <T> ReaderForm<T> form(ThrowableReader<T> reader) {
    ReaderForm<?> latest = latestForm;
    if (latest != null && latest.reader() == reader) {
      return (ReaderForm<T>) latest;
    }
    ReaderForm<T> form = new ReaderForm<>(reader);
    latestForm = form;
    return form;
  }

  private <T, F> StackFingerprint live(T throwable, ThrowableForm<T, F> form) {
    StackFingerprint known = repeats.find(throwable, form);
    if (known == null) {
      known = Identities.of(JAVA_SCHEME, JAVA, Chain.of(throwable, form, java), false);
      repeats.keep(throwable, form, known);
    }
    return known;
  }

  private Chain chain(StackTrace trace) {
    FrameNames names = others.getOrDefault(trace.language(), java);
    return Chain.of(trace.error(), new TextForm(trace.error()), names);
  }

  /** What was made of each printed frame, outermost throwable first. */
  public List<FrameUse> uses(StackTrace trace) {
    FrameNames names = others.getOrDefault(trace.language(), java);
    Chain chain = chain(trace);
    List<FrameUse> uses = new ArrayList<>();
    ThrownError error = trace.error();
    for (int i = 0; i < chain.throwables().size() && error != null; i++) {
      boolean[] kept = new boolean[error.frames().size()];
      NormalThrowable throwable = chain.throwables().get(i);
      for (int k = 0; k < throwable.size(); k++) {
        if (throwable.position(k) < kept.length && chain.keeps(i, k)) {
          kept[throwable.position(k)] = true;
        }
      }
      for (int k = 0; k < kept.length; k++) {
        StackFrame frame = error.frames().get(k);
        FrameOrigin origin = names.frame(frame.className(), frame.method(), frame.file()).origin();
        uses.add(new FrameUse(frame, i, origin, kept[k]));
      }
      error = error.cause();
    }
    return uses;
  }

  /**
   * What was made of a frame.
   *
   * @param frame the frame
   * @param throwable its throwable's place in the chain, 0 for the outermost
   * @param origin whose code it is
   * @param kept whether it is part of the strict identity, repetitions of a recursion included
   */
  public record FrameUse(StackFrame frame, int throwable, FrameOrigin origin, boolean kept) {}
}
