package io.logsense;

import io.logsense.FrameFingerprinter.FrameUse;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;

/**
 * The text that a group is compared by: what went wrong and where, without what varies.
 *
 * <p>For a group of messages that is the template; for an exception its type and message, the
 * template of the log line, and the innermost frames of the application without their packages.
 * Wildcards are left out, so that two texts are not alike because both have variables.
 */
final class MeaningText {
  private static final String WILDCARD = "<*>";
  private static final int MOST_FRAMES = 3;

  private final FrameFingerprinter frames;

  MeaningText(FrameFingerprinter frames) {
    this.frames = frames;
  }

  /** The text of {@code group}; its first line is what went wrong. */
  String of(Group group) {
    StringBuilder text = new StringBuilder(words(group.title()));
    StackTrace trace = group.representative().exception();
    if (group.kind() == GroupKind.EXCEPTION && trace != null) {
      String message = words(group.template());
      if (!message.isEmpty() && text.indexOf(message) < 0) {
        text.append('\n').append(message);
      }
      frames.explain(trace).stream()
          .filter(use -> use.kept() && use.inApp())
          .map(FrameUse::frame)
          .map(MeaningText::place)
          .distinct()
          .limit(MOST_FRAMES)
          .forEach(place -> text.append('\n').append(place));
    }
    return text.toString();
  }

  private static String words(String template) {
    return template.replace(WILDCARD, " ").strip().replaceAll("\\s+", " ");
  }

  private static String place(StackFrame frame) {
    String type = frame.className();
    return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.method();
  }
}
