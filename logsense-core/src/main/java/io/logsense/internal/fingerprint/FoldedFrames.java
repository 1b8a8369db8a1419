package io.logsense.internal.fingerprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames without the repetitions of a recursion.
 *
 * <p>A run of one to {@value #LONGEST_CYCLE} frames that repeats itself is kept once, so that the
 * depth of a recursion does not matter. A stack overflow is only the set of the frames that repeat:
 * where in the cycle the stack ran out is chance.
 */
final class FoldedFrames {
  private static final int LONGEST_CYCLE = 4;

  private final List<NormalFrame> frames = new ArrayList<>();

  /** Adds a frame below those added so far. */
  void add(NormalFrame frame) {
    frames.add(frame);
    for (int period = 1; period <= LONGEST_CYCLE; period++) {
      if (repeats(period)) {
        frames.subList(frames.size() - period, frames.size()).clear();
        return;
      }
    }
  }

  private boolean repeats(int period) {
    int size = frames.size();
    if (size < 2 * period) {
      return false;
    }
    for (int i = 1; i <= period; i++) {
      if (!frames.get(size - i).sameName(frames.get(size - i - period))) {
        return false;
      }
    }
    return true;
  }

  List<NormalFrame> first(int most) {
    return frames.subList(0, Math.min(most, frames.size()));
  }

  /** The frames that the recursion consists of, in an order of their own; empty without one. */
  static List<NormalFrame> cycle(List<NormalFrame> frames) {
    Map<Long, Integer> counts = new LinkedHashMap<>();
    Map<Long, NormalFrame> byHash = new LinkedHashMap<>();
    int most = 0;
    for (NormalFrame frame : frames) {
      most = Math.max(most, counts.merge(frame.high(), 1, Integer::sum));
      byHash.put(frame.high(), frame);
    }
    int least = Math.max(2, most / 8);
    List<NormalFrame> cycle = new ArrayList<>();
    counts.forEach(
        (hash, count) -> {
          if (count >= least) {
            NormalFrame frame = byHash.get(hash);
            if (frame != null) {
              cycle.add(frame);
            }
          }
        });
    cycle.sort(Comparator.comparing(NormalFrame::name).thenComparingLong(NormalFrame::high));
    return cycle;
  }
}
