package io.logsense;

import io.logsense.FrameFingerprinter.FrameUse;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The text that a group is compared by: what went wrong and where, without what varies.
 *
 * <p>For a group of messages that is the template; for an exception its type and message, the
 * template of the log line, and the innermost frames of the application without their packages.
 * Wildcards are left out, so that two texts are not alike because both have variables. The group of
 * all further events has no text: it is of no one kind.
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
    if (group.id().equals(GroupTable.OTHER)) {
      return "";
    }
    StringBuilder text = new StringBuilder(plain(group.title()));
    StackTrace trace = group.representative().exception();
    if (group.kind() == GroupKind.EXCEPTION && trace != null) {
      String message = plain(group.template());
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

  private static String plain(String template) {
    return String.join(" ", words(template.replace(WILDCARD, " ")));
  }

  /** What stands between white space. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    new StringTokenizer(text).asIterator().forEachRemaining(word -> words.add((String) word));
    return words;
  }

  private static String place(StackFrame frame) {
    String type = frame.className();
    return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.method();
  }
}
