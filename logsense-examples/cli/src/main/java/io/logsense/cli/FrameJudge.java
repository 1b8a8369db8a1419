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

  /** The throwables in printed order: each with its suppressed ones behind it, then its cause. */
  List<JudgedError> errors(StackTrace trace) {
    List<JudgedError> errors = new ArrayList<>();
    List<FrameUse> uses = fingerprinter.explain(trace);
    int throwable = 0;
    for (ThrownError error = trace.error(); error != null; error = error.cause()) {
      int place = throwable++;
      errors.add(judged(error, uses.stream().filter(use -> use.throwable() == place).iterator()));
      for (ThrownError suppressed : error.suppressed()) {
        suppressed(trace.language(), suppressed, errors);
      }
    }
    return errors;
  }

  /** All frames in printed order. */
  List<JudgedFrame> frames(StackTrace trace) {
    return errors(trace).stream().flatMap(error -> error.frames().stream()).toList();
  }

  private static JudgedError judged(ThrownError error, Iterator<FrameUse> uses) {
    List<JudgedFrame> frames = new ArrayList<>();
    for (StackFrame frame : error.frames()) {
      FrameUse use = uses.hasNext() ? uses.next() : new FrameUse(frame, 0, false, false);
      frames.add(new JudgedFrame(frame, use.inApp(), use.kept()));
    }
    return new JudgedError(error, false, frames);
  }

  /** Suppressed throwables are shown, but are no part of an identity. */
  private void suppressed(String language, ThrownError error, List<JudgedError> into) {
    for (JudgedError judged : errors(new StackTrace(language, error, 0, 0, false))) {
      List<JudgedFrame> frames =
          judged.frames().stream()
              .map(frame -> new JudgedFrame(frame.frame(), frame.inApp(), false))
              .toList();
      into.add(new JudgedError(judged.error(), true, frames));
    }
  }
}
