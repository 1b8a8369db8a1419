package io.logsense;

import io.logsense.FrameFingerprinter.FrameUse;
import io.logsense.api.cluster.Difference;
import io.logsense.api.cluster.Explanation;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import io.logsense.api.group.Group;
import io.logsense.internal.cluster.Differences;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two groups have in common: fingerprints, frames and words. */
final class GroupComparison {
  private final FrameFingerprinter fingerprinter;

  GroupComparison(FrameFingerprinter fingerprinter) {
    this.fingerprinter = fingerprinter;
  }

  /** {@code bare} with what the two groups tell. */
  Explanation complete(Explanation bare, Group first, Group second) {
    StackTrace left = first.representative().exception();
    StackTrace right = second.representative().exception();
    return new Explanation(
        bare.first(),
        bare.second(),
        bare.path(),
        bare.split(),
        bare.score(),
        bare.threshold(),
        bare.minPoints(),
        bare.model(),
        levels(first.fingerprint().orElse(null), second.fingerprint().orElse(null)),
        left == null || right == null
            ? Difference.NONE
            : Differences.between(kept(left), kept(right)),
        Differences.between(words(first), words(second)));
  }

  private static Map<Level, Boolean> levels(
      @Nullable StackFingerprint first, @Nullable StackFingerprint second) {
    Map<Level, Boolean> levels = new EnumMap<>(Level.class);
    if (first != null && second != null) {
      for (Level level : Level.values()) {
        levels.put(level, first.at(level).equals(second.at(level)));
      }
    }
    return levels;
  }

  /** The types of the chain, each followed by the frames that are part of its identity. */
  private List<String> kept(StackTrace trace) {
    List<FrameUse> uses = fingerprinter.explain(trace);
    List<String> lines = new ArrayList<>();
    int throwable = 0;
    for (ThrownError error = trace.error(); error != null; error = error.cause()) {
      lines.add(error.type());
      for (FrameUse use : uses) {
        if (use.throwable() == throwable && use.kept()) {
          lines.add("  " + use.frame().className() + '.' + use.frame().method());
        }
      }
      throwable++;
    }
    return lines;
  }

  private static List<String> words(Group group) {
    return MeaningText.words(group.template());
  }
}
