package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Frames of the JVM languages, behind a cache.
 *
 * <p>The cache is direct-mapped and keyed by the texts themselves. Frames of live throwables share
 * their texts, so that a hit costs two identity checks. Slots are overwritten by whoever comes
 * last; entries are immutable, so a race costs a recomputation and never a wrong answer. Names
 * longer than {@value #LONGEST_CACHED} characters are not kept: the cache holds at most {@value
 * #SLOTS} entries of bounded size.
 */
final class JavaFrameNames implements FrameNames {
  private static final int SLOTS = 4096;
  private static final int LONGEST_CACHED = 512;
  private static final NormalFrame GLUE = NormalFrame.of("", "", FrameOrigin.GLUE);

  private final PrefixSet inApp;
  private final PrefixSet notInApp;
  private final PrefixSet transparent;
  private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];

  JavaFrameNames(PrefixSet inApp, PrefixSet notInApp, PrefixSet transparent) {
    this.inApp = inApp;
    this.notInApp = notInApp;
    this.transparent = transparent;
  }

  @Override
  public NormalFrame frame(String className, String method, @Nullable String file) {
    int hash = className.hashCode() * 31 + method.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    Entry entry = entries[slot];
    if (entry != null && entry.holds(className, method)) {
      return entry.frame;
    }
    NormalFrame frame = normalise(className, method);
    if (className.length() + method.length() <= LONGEST_CACHED) {
      entries[slot] = new Entry(className, method, frame);
    }
    return frame;
  }

  @Override
  public String type(String type) {
    return JavaNames.type(type);
  }

  @Override
  public boolean isTransparent(String type) {
    return transparent.matches(type);
  }

  private NormalFrame normalise(String className, String method) {
    String owner = JavaNames.owner(className);
    String function = JavaNames.method(method);
    if (owner == null || function == null) {
      return GLUE;
    }
    return NormalFrame.of(owner, function, origin(owner));
  }

  private FrameOrigin origin(String owner) {
    if (notInApp.matches(owner)) {
      return FrameOrigin.LIBRARY;
    }
    if (inApp.matches(owner)) {
      return FrameOrigin.APPLICATION;
    }
    if (JavaLibraries.RUNTIME.matches(owner)) {
      return FrameOrigin.RUNTIME;
    }
    return !inApp.isEmpty() || JavaLibraries.LIBRARIES.matches(owner)
        ? FrameOrigin.LIBRARY
        : FrameOrigin.APPLICATION;
  }

  /** A slot of the cache. Its final fields make it safe to publish by a race. */
  private static final class Entry {
    final String className;
    final String method;
    final NormalFrame frame;

    Entry(String className, String method, NormalFrame frame) {
      this.className = className;
      this.method = method;
      this.frame = frame;
    }

    @SuppressWarnings("ReferenceEquality") // the quick answer before the exact one
    boolean holds(String otherClass, String otherMethod) {
      return (className == otherClass || className.equals(otherClass))
          && (method == otherMethod || method.equals(otherMethod));
    }
  }
}
