package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/** One throwable of a chain in its normal form: its frames without glue, the throw point first. */
final class NormalThrowable {
  private static final String STACK_OVERFLOW = "java.lang.StackOverflowError";

  private final String type;
  private final @Nullable String message;
  private final NormalFrame[] frames;
  private final int[] lines;
  private final int[] positions;
  private final int printed;
  private int own;

  /**
   * A throwable.
   *
   * @param type normalised type
   * @param message its message
   * @param frames frames without glue
   * @param lines the line of each frame
   * @param positions where each frame stood among all frames
   * @param printed number of all frames
   */
  NormalThrowable(
      String type,
      @Nullable String message,
      NormalFrame[] frames,
      int[] lines,
      int[] positions,
      int printed) {
    this.type = type;
    this.message = message;
    this.frames = frames;
    this.lines = lines;
    this.positions = positions;
    this.printed = printed;
    this.own = frames.length;
  }

  static <T, F> NormalThrowable of(T throwable, ThrowableForm<T, F> form, FrameNames names) {
    F all = form.frames(assembled(throwable, form));
    int count = form.count(all);
    NormalFrame[] frames = new NormalFrame[count];
    int[] lines = new int[count];
    int[] positions = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      NormalFrame frame =
          names.frame(form.className(all, i), form.method(all, i), form.file(all, i));
      if (frame.origin() != FrameOrigin.GLUE) {
        frames[n] = frame;
        lines[n] = form.line(all, i);
        positions[n++] = i;
      }
    }
    return new NormalThrowable(
        names.type(form.type(throwable)),
        form.message(throwable),
        java.util.Arrays.copyOf(frames, n),
        java.util.Arrays.copyOf(lines, n),
        java.util.Arrays.copyOf(positions, n),
        count);
  }

  /**
   * Who has the frames: Reactor moves those of an exception into a suppressed one when it records
   * where a pipeline was assembled.
   */
  static <T, F> T assembled(T throwable, ThrowableForm<T, F> form) {
    T first = form.suppressed(throwable, 0);
    return first != null
            && form.type(first).endsWith("OnAssembly$OnAssemblyException")
            && form.count(form.frames(first)) > form.count(form.frames(throwable))
        ? first
        : throwable;
  }

  String type() {
    return type;
  }

  @Nullable String message() {
    return message;
  }

  boolean isStackOverflow() {
    return type.equals(STACK_OVERFLOW);
  }

  /** Number of frames as printed, glue included. */
  int printed() {
    return printed;
  }

  /** Number of frames without glue. */
  int size() {
    return frames.length;
  }

  /** Number of leading frames that the cause does not have as well; all in a root cause. */
  int own() {
    return own;
  }

  NormalFrame frame(int index) {
    return frames[index];
  }

  int line(int index) {
    return lines[index];
  }

  int position(int index) {
    return positions[index];
  }

  /** Leaves out the last frames that {@code cause} ends with too. */
  void trimSharedWith(NormalThrowable cause) {
    int mine = frames.length;
    int theirs = cause.frames.length;
    while (mine > 0 && theirs > 0 && frames[mine - 1].sameName(cause.frames[theirs - 1])) {
      mine--;
      theirs--;
    }
    own = mine;
  }
}
