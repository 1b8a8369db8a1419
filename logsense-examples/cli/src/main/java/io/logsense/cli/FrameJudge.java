package io.logsense.cli;

import io.logsense.Fingerprinters;
import io.logsense.FrameFingerprinter;
import io.logsense.FrameFingerprinter.FrameUse;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Fingerprints, and the reasons for them frame by frame. */
final class FrameJudge {
  private final FrameFingerprinter fingerprinter;

  FrameJudge(List<String> inApp) {
    fingerprinter = Fingerprinters.javaFrames().inApp(inApp.toArray(new String[0]));
  }

  StackFingerprint fingerprint(StackTrace trace) {
    return fingerprinter.fingerprint(trace);
  }

  /** All frames in printed order: a throwable's own, its suppressed ones', then its cause's. */
  List<JudgedFrame> frames(StackTrace trace) {
    List<JudgedFrame> frames = new ArrayList<>();
    List<FrameUse> uses = fingerprinter.explain(trace);
    int throwable = 0;
    for (ThrownError error = trace.error(); error != null; error = error.cause()) {
      int place = throwable++;
      own(error, uses.stream().filter(use -> use.throwable() == place).iterator(), frames);
      for (ThrownError suppressed : error.suppressed()) {
        suppressed(trace.language(), suppressed, frames);
      }
    }
    return frames;
  }

  private static void own(ThrownError error, Iterator<FrameUse> uses, List<JudgedFrame> into) {
    for (StackFrame frame : error.frames()) {
      FrameUse use = uses.hasNext() ? uses.next() : new FrameUse(frame, 0, false, false);
      into.add(new JudgedFrame(error, frame, use.inApp(), use.kept()));
    }
  }

  /** Suppressed throwables are shown, but are no part of an identity. */
  private void suppressed(String language, ThrownError error, List<JudgedFrame> into) {
    StackTrace alone = new StackTrace(language, error, 0, 0, false);
    for (JudgedFrame frame : frames(alone)) {
      into.add(new JudgedFrame(frame.error(), frame.frame(), frame.inApp(), false));
    }
  }
}
