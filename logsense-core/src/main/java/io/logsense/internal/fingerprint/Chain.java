package io.logsense.internal.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a chain of throwables belongs to its identity.
 *
 * <p>The chain is followed until it ends, comes back to itself or is {@value #LONGEST} long.
 * Wrappers that only carry another throwable are left out. Of a wrapper only the frames above those
 * that it shares with its cause count. Of all frames that remain, only those of the best origin
 * present are kept: the application's, else the libraries', else the runtime's.
 */
final class Chain {
  static final int LONGEST = 128;

  private final List<NormalThrowable> throwables;
  private final boolean[] kept;
  private final FrameOrigin origin;
  private final boolean cut;

  private Chain(List<NormalThrowable> throwables, boolean[] kept, FrameOrigin origin, boolean cut) {
    this.throwables = throwables;
    this.kept = kept;
    this.origin = origin;
    this.cut = cut;
  }

  static <T, F> Chain of(T outermost, ThrowableForm<T, F> form, FrameNames names) {
    List<T> found = new ArrayList<>();
    @Nullable T next = outermost;
    while (next != null && found.size() < LONGEST && !contains(found, next)) {
      found.add(next);
      next = form.cause(next);
    }
    boolean cut = next != null && found.size() == LONGEST;
    if (found.size() > 1 && isEcho(found, form)) {
      found.remove(found.size() - 1);
    }
    List<NormalThrowable> throwables = new ArrayList<>(found.size());
    boolean[] kept = new boolean[found.size()];
    for (int i = 0; i < found.size(); i++) {
      NormalThrowable throwable = NormalThrowable.of(found.get(i), form, names);
      throwables.add(throwable);
      kept[i] = i == found.size() - 1 || !names.isTransparent(throwable.type());
      if (i > 0) {
        throwables.get(i - 1).trimSharedWith(throwable);
      }
    }
    return new Chain(throwables, kept, bestOrigin(throwables, kept), cut);
  }

  @SuppressWarnings("ReferenceEquality") // a chain comes back to itself, not to its equal
  private static <T> boolean contains(List<T> found, T throwable) {
    for (T earlier : found) {
      if (earlier == throwable) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last one only says that the chain came back to an earlier one. */
  private static <T, F> boolean isEcho(List<T> found, ThrowableForm<T, F> form) {
    T last = found.get(found.size() - 1);
    if (form.count(form.frames(last)) > 0) {
      return false;
    }
    for (T earlier : found.subList(0, found.size() - 1)) {
      if (form.type(earlier).equals(form.type(last))
          && Objects.equals(form.message(earlier), form.message(last))
          && form.count(form.frames(earlier)) > 0) {
        return true;
      }
    }
    return false;
  }

  private static FrameOrigin bestOrigin(List<NormalThrowable> throwables, boolean[] kept) {
    FrameOrigin best = FrameOrigin.GLUE;
    for (int i = 0; i < kept.length; i++) {
      NormalThrowable throwable = throwables.get(i);
      for (int k = 0; kept[i] && k < throwable.own(); k++) {
        FrameOrigin origin = throwable.frame(k).origin();
        if (origin.compareTo(best) < 0) {
          best = origin;
        }
      }
    }
    return best;
  }

  /** The throwables, outermost first. */
  List<NormalThrowable> throwables() {
    return throwables;
  }

  NormalThrowable root() {
    return throwables.get(throwables.size() - 1);
  }

  /** Whether the throwable at that place of {@link #throwables()} counts. */
  boolean keeps(int index) {
    return kept[index];
  }

  /** Whether a frame of the throwable at that place counts. */
  boolean keeps(int index, int frame) {
    NormalThrowable throwable = throwables.get(index);
    return kept[index] && frame < throwable.own() && throwable.frame(frame).origin() == origin;
  }

  /** The origin of the frames that count; {@link FrameOrigin#GLUE} when there are none. */
  FrameOrigin origin() {
    return origin;
  }

  /** Whether the chain is longer than what was followed. */
  boolean isCut() {
    return cut;
  }
}
