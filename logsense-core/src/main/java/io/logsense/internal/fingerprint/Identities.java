package io.logsense.internal.fingerprint;

import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * The identities of a chain of throwables, root cause first.
 *
 * <p>Every identity is a hash under a tag of its own over type hashes and frame hashes, each
 * preceded by a mark, so that no two sequences can run together.
 */
final class Identities {
  /** Frames kept of one throwable, from the throw point; what is below is seldom the fault's. */
  static final int MOST_FRAMES = 32;

  /** How many frames a JVM records unless told otherwise; such a stack has lost its end. */
  private static final int JVM_STACK_LIMIT = 1024;

  private static final long EXACT = 11;
  private static final long STRICT = 12;
  private static final long SITE = 13;
  private static final long ROOT = 14;
  private static final long TYPE_MARK = 21;
  private static final long FRAME_MARK = 22;
  private static final long MESSAGE_MARK = 23;

  private final String scheme;
  private final String language;
  private final Chain chain;
  private boolean complete = true;

  private Identities(String scheme, String language, Chain chain) {
    this.scheme = scheme;
    this.language = language;
    this.chain = chain;
  }

  static StackFingerprint of(String scheme, String language, Chain chain, boolean truncated) {
    return new Identities(scheme, language, chain).compute(truncated);
  }

  private StackFingerprint compute(boolean truncated) {
    if (chain.origin() == FrameOrigin.GLUE) {
      return ofMessage();
    }
    List<Contribution> contributions = contributions();
    Contribution thrown = withFrames(contributions);
    return new StackFingerprint(
        exact(),
        strict(contributions),
        top(SITE, contributions, Site.of(thrown.frames, thrown.entered && !truncated && complete)),
        top(ROOT, contributions, thrown.frames.subList(0, Math.min(1, thrown.frames.size()))),
        quality(truncated));
  }

  /** One contribution per throwable that counts, root cause first, repetitions left out. */
  private List<Contribution> contributions() {
    List<Contribution> contributions = new ArrayList<>();
    for (int i = chain.throwables().size() - 1; i >= 0; i--) {
      if (chain.keeps(i)) {
        Contribution next = contribution(i);
        if (contributions.isEmpty() || !contributions.get(contributions.size() - 1).equals(next)) {
          contributions.add(next);
        }
      }
    }
    return contributions;
  }

  /** The innermost one that has frames: a cause may have been raised outside the application. */
  private static Contribution withFrames(List<Contribution> contributions) {
    for (Contribution contribution : contributions) {
      if (!contribution.frames.isEmpty()) {
        return contribution;
      }
    }
    return contributions.get(0);
  }

  private Contribution contribution(int index) {
    NormalThrowable throwable = chain.throwables().get(index);
    List<NormalFrame> kept = new ArrayList<>();
    FoldedFrames folded = new FoldedFrames();
    for (int i = 0; i < throwable.own(); i++) {
      if (chain.keeps(index, i)) {
        kept.add(throwable.frame(i));
        folded.add(throwable.frame(i));
      }
    }
    if (throwable.isStackOverflow()) {
      List<NormalFrame> cycle = FoldedFrames.cycle(kept);
      if (!cycle.isEmpty()) {
        return new Contribution(
            throwable.type(), cycle.subList(0, Math.min(MOST_FRAMES, cycle.size())), false);
      }
    }
    List<NormalFrame> first = folded.first(MOST_FRAMES);
    if (throwable.printed() >= JVM_STACK_LIMIT && first.size() < MOST_FRAMES) {
      complete = false;
    }
    return new Contribution(throwable.type(), List.copyOf(first), true);
  }

  private Fingerprint exact() {
    Hash128 hash = start(EXACT);
    for (int i = chain.throwables().size() - 1; i >= 0; i--) {
      NormalThrowable throwable = chain.throwables().get(i);
      addType(hash, throwable.type());
      for (int k = 0; k < throwable.size(); k++) {
        addFrame(hash, throwable.frame(k));
        hash.add(throwable.line(k));
      }
    }
    return fingerprint(hash);
  }

  private Fingerprint strict(List<Contribution> contributions) {
    Hash128 hash = start(STRICT);
    for (Contribution contribution : contributions) {
      addType(hash, contribution.type);
      contribution.frames.forEach(frame -> addFrame(hash, frame));
    }
    return fingerprint(hash);
  }

  private Fingerprint top(long tag, List<Contribution> contributions, List<NormalFrame> frames) {
    Hash128 hash = start(tag);
    addType(hash, contributions.get(0).type);
    frames.forEach(frame -> addFrame(hash, frame));
    return fingerprint(hash);
  }

  private StackFingerprint ofMessage() {
    Fingerprint[] levels = new Fingerprint[4];
    long[] tags = {EXACT, STRICT, SITE, ROOT};
    for (int level = 0; level < tags.length; level++) {
      Hash128 hash = start(tags[level]);
      for (int i = chain.throwables().size() - 1; i >= 0; i--) {
        NormalThrowable throwable = chain.throwables().get(i);
        if (chain.keeps(i)) {
          addType(hash, throwable.type());
        }
      }
      hash.add(MESSAGE_MARK);
      hash.add(MessageClass.of(chain.root().message()));
      levels[level] = fingerprint(hash);
    }
    return new StackFingerprint(levels[0], levels[1], levels[2], levels[3], Quality.MESSAGE);
  }

  private Quality quality(boolean truncated) {
    if (truncated || chain.isCut() || !complete) {
      return Quality.TRUNCATED;
    }
    return chain.origin() == FrameOrigin.APPLICATION ? Quality.FULL : Quality.SYSTEM;
  }

  private Hash128 start(long tag) {
    Hash128 hash = new Hash128(tag);
    hash.add(language);
    return hash;
  }

  private static void addType(Hash128 hash, String type) {
    hash.add(TYPE_MARK);
    hash.add(type);
  }

  private static void addFrame(Hash128 hash, NormalFrame frame) {
    hash.add(FRAME_MARK);
    hash.add(frame.high(), frame.low());
  }

  private Fingerprint fingerprint(Hash128 hash) {
    return new Fingerprint(scheme, hash.high(), hash.low());
  }

  /**
   * What one throwable adds to the identity.
   *
   * @param type its type
   * @param frames its kept frames
   * @param entered whether they end where the stack was entered
   */
  private record Contribution(String type, List<NormalFrame> frames, boolean entered) {}
}
