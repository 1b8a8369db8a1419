package io.logsense.cli;

import io.logsense.LogSense;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a run is, on a terminal and for inputs that take long enough to wonder. */
final class ProgressDisplay implements Consumer<LogSense.Progress>, AutoCloseable {
  private static final long WORTH_SHOWING = 16L << 20;
  private static final long MEGABYTE = 1L << 20;

  private final Console console;
  private final boolean shown;
  private @Nullable ProgressBar bar;

  private ProgressDisplay(Console console, boolean shown) {
    this.console = console;
    this.shown = shown;
  }

  static ProgressDisplay on(Console console, boolean quiet) {
    return new ProgressDisplay(console, console.interactive() && !quiet);
  }

  @Override
  public synchronized void accept(LogSense.Progress progress) {
    if (!shown || Math.max(progress.bytes(), progress.totalBytes()) < WORTH_SHOWING) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      current = open(progress.totalBytes());
      bar = current;
    }
    current.stepTo(progress.bytes());
    current.setExtraMessage(" %,d records".formatted(progress.records()));
  }

  private ProgressBar open(long totalBytes) {
    return new ProgressBarBuilder()
        .setTaskName("Reading")
        .setInitialMax(totalBytes)
        .setUnit(" MB", MEGABYTE)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setMaxRenderedLength(console.columns())
        .showSpeed()
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(System.err, console.columns()))
        .build();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
