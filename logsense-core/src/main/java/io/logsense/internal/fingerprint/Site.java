package io.logsense.internal.fingerprint;

import java.util.List;

/**
 * The frames that say where a fault is: the first {@value #FRAMES} behind leading guards.
 *
 * <p>A guard, a function that only throws, does not count towards them but remains part of the
 * site. The frame through which a stack was entered, a request's handler or a job, says how the
 * fault was reached and is left out, unless it is the only one.
 */
final class Site {
  static final int FRAMES = 2;

  /** Leading guards that do not count; more than these call each other seldom. */
  static final int MOST_GUARDS = 3;

  private Site() {}

  /**
   * The site among the frames of a throwable.
   *
   * @param frames kept frames, the throw point first
   * @param entered whether the last of them is the one through which the stack was entered
   */
  static List<NormalFrame> of(List<NormalFrame> frames, boolean entered) {
    int end = entered && frames.size() > 1 ? frames.size() - 1 : frames.size();
    int guards = 0;
    while (guards < end - 1 && guards < MOST_GUARDS && frames.get(guards).guard()) {
      guards++;
    }
    return frames.subList(0, Math.min(guards + FRAMES, end));
  }
}
