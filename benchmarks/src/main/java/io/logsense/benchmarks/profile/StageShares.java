package io.logsense.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * The share of each stage in the samples of a recording.
 *
 * <p>A sample belongs to the innermost method of ours that is a stage's; what the JDK does on its
 * behalf is the stage's. Samples without a method of ours are left out, and so is what the JVM does
 * in threads of its own, as collecting garbage and compiling.
 */
public final class StageShares {
  private static final String ENGINE = "count and hand on";

  /** Stages by the beginning of the class name, in the order in which an event passes them. */
  private static final Map<String, String> STAGES = stages();

  private static final String OURS = "io.logsense.";
  private static final String INTERNAL = "io.logsense.internal.";
  private static final String BENCHMARKS = "io.logsense.benchmarks.";

  private final Map<String, Long> samples = new LinkedHashMap<>();
  private long total;

  StageShares() {
    STAGES.values().forEach(stage -> samples.put(stage, 0L));
    samples.put(ENGINE, 0L);
  }

  private static Map<String, String> stages() {
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("io.logsense.internal.source.", "read lines");
    stages.put("io.logsense.internal.parse.", "parse headers");
    stages.put("io.logsense.internal.stack.RecordAssembler", "assemble records");
    stages.put("io.logsense.internal.stack.TextStackTraceExtractor", "read stack traces");
    stages.put("io.logsense.internal.mask.", "mask");
    stages.put("io.logsense.internal.fingerprint.", "fingerprint");
    stages.put("io.logsense.internal.template.", "mine templates");
    return stages;
  }

  /** Counts the samples of a recording. */
  public static StageShares of(Path recording) throws IOException {
    StageShares shares = new StageShares();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals(Sampling.EVENT)
            && event.getStackTrace() != null) {
          List<RecordedFrame> frames = event.getStackTrace().getFrames();
          shares.add(frames.stream().map(f -> f.getMethod().getType().getName()).toList());
        }
      }
    }
    return shares;
  }

  /** Counts one sample, given as the classes of its frames, innermost first. */
  void add(List<String> classes) {
    String stage = stage(classes);
    if (stage != null) {
      samples.merge(stage, 1L, Long::sum);
      total++;
    }
  }

  private static @Nullable String stage(List<String> classes) {
    for (String name : classes) {
      for (Map.Entry<String, String> stage : STAGES.entrySet()) {
        if (name.startsWith(stage.getKey())) {
          return stage.getValue();
        }
      }
      // What is internal and no stage serves several: its caller says whom.
      if (name.startsWith(OURS) && !name.startsWith(INTERNAL) && !name.startsWith(BENCHMARKS)) {
        return ENGINE;
      }
    }
    return null;
  }

  /** How many samples were counted. */
  public long total() {
    return total;
  }

  /** Percent by stage, in the order in which an event passes them; they sum to 100. */
  public Map<String, Double> percent() {
    Map<String, Double> percent = new LinkedHashMap<>();
    samples.forEach((stage, count) -> percent.put(stage, 100.0 * count / Math.max(1, total)));
    return percent;
  }
}
