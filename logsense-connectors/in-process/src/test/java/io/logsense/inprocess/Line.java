package io.logsense.inprocess;

import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.StackFingerprint;

/** An event of the smallest logging library there is: one placeholder, {@code {}}. */
record Line(Severity severity, String format, Object argument, Throwable throwable) {
  static final long TIME = 1_700_000_000_000_000_000L;

  static final EventReader<Line> READER =
      new EventReader<>() {
        @Override
        public String logger(Line line) {
          return "shop.Cart";
        }

        @Override
        public Severity severity(Line line) {
          return line.severity;
        }

        @Override
        public long epochNanos(Line line) {
          return TIME;
        }

        @Override
        public String format(Line line) {
          return line.format;
        }

        @Override
        public StackFingerprint fingerprint(Line line, FrameFingerprinter frames) {
          return line.throwable == null ? null : frames.fingerprint(line.throwable);
        }

        @Override
        public void describe(Line line, LogEvent.Builder out) {
          out.severity(line.severity).timestamp(TIME).logger(logger(line)).message(line.message());
          if (line.throwable != null) {
            out.exception(trace(line.throwable));
          }
        }
      };

  static StackTrace trace(Throwable throwable) {
    return LiveTraces.of(throwable);
  }

  static Line info(String format, Object argument) {
    return new Line(Severity.INFO, format, argument, null);
  }

  static Line error(String format, Throwable throwable) {
    return new Line(Severity.ERROR, format, "", throwable);
  }

  String message() {
    return format.replace("{}", String.valueOf(argument));
  }
}
