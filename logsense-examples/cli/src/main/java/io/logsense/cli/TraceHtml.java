package io.logsense.cli;

import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A stack trace distilled: root cause first, frames that are not the application's folded. */
final class TraceHtml {
  private final FrameJudge judge;

  TraceHtml(FrameJudge judge) {
    this.judge = judge;
  }

  /** Adds the trace to {@code html}. */
  void write(StackTrace trace, Html html) {
    html.raw("<div class=\"trace\" tabindex=\"0\" role=\"region\" aria-label=\"Stack trace\"><ol>");
    boolean culprit = true;
    String relation = "";
    for (List<JudgedError> errors : rootFirst(judge.errors(trace))) {
      JudgedError wrapper = errors.get(0);
      thrown(html, relation, wrapper.error());
      culprit = frames(html, wrapper.frames(), culprit);
      if (wrapper.error().framesInCommon() > 0) {
        html.format(
            "<li class=\"folded\">%s more, as below</li>", wrapper.error().framesInCommon());
      }
      for (JudgedError suppressed : errors.subList(1, errors.size())) {
        thrown(html, "suppressed ", suppressed.error());
        frames(html, suppressed.frames(), false);
      }
      relation = "wrapped in ";
    }
    html.raw(trace.truncated() ? "<li class=\"folded\">the trace is cut</li>" : "");
    html.raw("</ol></div>");
  }

  /** The chain from the root cause outwards, each with what it suppressed. */
  private static List<List<JudgedError>> rootFirst(List<JudgedError> printed) {
    List<List<JudgedError>> chain = new ArrayList<>();
    for (JudgedError error : printed) {
      if (!error.suppressed()) {
        chain.add(new ArrayList<>());
      }
      chain.get(chain.size() - 1).add(error);
    }
    Collections.reverse(chain);
    return chain;
  }

  private static void thrown(Html html, String relation, ThrownError error) {
    html.format("<li class=\"thrown\"><span class=\"relation\">%s</span>%s</li>", relation, error);
  }

  /** Writes the frames and says whether the first one of the application is still to come. */
  private static boolean frames(Html html, List<JudgedFrame> frames, boolean culprit) {
    boolean awaited = culprit;
    List<JudgedFrame> folded = new ArrayList<>();
    for (JudgedFrame frame : frames) {
      if (!frame.inApp()) {
        folded.add(frame);
        continue;
      }
      fold(html, folded);
      html.format(
          "<li class=\"app%s\">at %s%s</li>",
          awaited ? " culprit" : "", frame.frame(), awaited ? "  ← start here" : "");
      awaited = false;
    }
    fold(html, folded);
    return awaited;
  }

  private static void fold(Html html, List<JudgedFrame> folded) {
    if (folded.isEmpty()) {
      return;
    }
    html.format(
        "<li class=\"folded\"><details><summary>%s framework frame%s</summary><ol>",
        folded.size(), folded.size() == 1 ? "" : "s");
    folded.forEach(frame -> html.format("<li>at %s</li>", frame.frame()));
    html.raw("</ol></details></li>");
    folded.clear();
  }
}
