package io.logsense.code;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks that an error went through: root cause first, throw point first, each block once.
 *
 * <p>What is in the index is the application; frames of libraries are counted and left out.
 */
final class TracePath {
  private static final int MOST_FRAMES = 2_000;
  private static final int MOST_ERRORS = 50;

  /**
   * A block of the path.
   *
   * @param block the block
   * @param line the line that the trace gives, within the block, or its first line
   * @param error how many causes come before: 0 for the root cause
   * @param afterLibrary whether a frame that is not in the index stands right above it
   * @param isThrowPoint whether it is the first block of its error
   */
  record Step(int block, int line, int error, boolean afterLibrary, boolean isThrowPoint) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<ThrownError> errors = new ArrayList<>();

  private TracePath() {}

  static TracePath of(ThrownError outermost, TableIndex index) {
    TracePath path = new TracePath();
    path.collect(outermost);
    Set<Integer> seen = new HashSet<>();
    int frames = 0;
    for (int number = 0; number < path.errors.size(); number++) {
      boolean afterLibrary = false;
      boolean isFirst = true;
      for (StackFrame frame : path.errors.get(number).frames()) {
        if (++frames > MOST_FRAMES) {
          return path;
        }
        int block = index.block(frame);
        if (block >= 0 && seen.add(block)) {
          boolean isInside = index.table().contains(block, frame.line());
          int line = isInside ? frame.line() : index.table().start[block];
          path.steps.add(new Step(block, line, number, afterLibrary, isFirst));
        }
        isFirst &= block < 0;
        afterLibrary = block < 0;
      }
    }
    return path;
  }

  /** Causes before what they caused, then what was suppressed. */
  private void collect(ThrownError outermost) {
    List<ThrownError> chain = new ArrayList<>();
    for (ThrownError e = outermost; e != null && chain.size() < MOST_ERRORS; e = e.cause()) {
      chain.add(0, e);
    }
    errors.addAll(chain);
    for (ThrownError error : chain) {
      for (ThrownError suppressed : error.suppressed()) {
        if (errors.size() < MOST_ERRORS) {
          errors.add(suppressed);
        }
      }
    }
  }

  List<Step> steps() {
    return steps;
  }

  /** The errors, the root cause first. */
  List<ThrownError> errors() {
    return errors;
  }
}
