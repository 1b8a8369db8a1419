package io.logsense.inprocess;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.ThrowableReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces of throwables that were never printed.
 *
 * <p>Bounded: {@value #MOST_THROWABLES} throwables of {@value #MOST_FRAMES} frames; what is more is
 * left out and the trace marked as truncated.
 */
public final class LiveTraces {
  private static final int MOST_THROWABLES = 64;
  private static final int MOST_FRAMES = 1024;

  private LiveTraces() {}

  /** The trace of a throwable of this JVM. */
  public static StackTrace of(Throwable throwable) {
    return of(new LiveThrowable(throwable), LiveThrowable.READER);
  }

  /** The trace of a logging library's throwable. */
  public static <T> StackTrace of(T throwable, ThrowableReader<T> reader) {
    Walk<T> walk = new Walk<>(reader);
    ThrownError error = walk.error(throwable);
    return new StackTrace("java", error, 0, 1, walk.truncated);
  }

  /** One trace in the making. */
  private static final class Walk<T> {
    private final ThrowableReader<T> reader;
    private int left = MOST_THROWABLES - 1;
    private boolean truncated;

    Walk(ThrowableReader<T> reader) {
      this.reader = reader;
    }

    ThrownError error(T throwable) {
      int count = Math.min(MOST_FRAMES, reader.frameCount(throwable));
      truncated |= count < reader.frameCount(throwable);
      List<StackFrame> frames = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        StackTraceElement frame = reader.frame(throwable, i);
        frames.add(
            new StackFrame(
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                line(frame.getLineNumber())));
      }
      ThrownError cause = errorOrNull(reader.cause(throwable));
      List<ThrownError> suppressed = new ArrayList<>(0);
      T next = reader.suppressed(throwable, 0);
      while (next != null) {
        ThrownError error = errorOrNull(next);
        if (error == null) {
          break;
        }
        suppressed.add(error);
        next = reader.suppressed(throwable, suppressed.size());
      }
      return new ThrownError(
          reader.type(throwable), reader.message(throwable), frames, 0, cause, suppressed);
    }

    private @Nullable ThrownError errorOrNull(@Nullable T throwable) {
      if (throwable == null) {
        return null;
      }
      if (left == 0) {
        truncated = true;
        return null;
      }
      left--;
      return error(throwable);
    }

    private static int line(int number) {
      return number < 0 && number != StackFrame.NATIVE_LINE ? StackFrame.UNKNOWN_LINE : number;
    }
  }

  /** A throwable and its frames, of which the JDK makes a copy each time. */
  private static final class LiveThrowable {
    static final ThrowableReader<LiveThrowable> READER =
        new ThrowableReader<>() {
          @Override
          public String type(LiveThrowable of) {
            return of.throwable.getClass().getName();
          }

          @Override
          public @Nullable String message(LiveThrowable of) {
            return of.throwable.getMessage();
          }

          @Override
          public @Nullable LiveThrowable cause(LiveThrowable of) {
            return live(of.throwable.getCause());
          }

          @Override
          public int frameCount(LiveThrowable of) {
            return of.frames.length;
          }

          @Override
          public StackTraceElement frame(LiveThrowable of, int index) {
            return of.frames[index];
          }

          @Override
          public @Nullable LiveThrowable suppressed(LiveThrowable of, int index) {
            Throwable[] suppressed = of.throwable.getSuppressed();
            return index < suppressed.length ? live(suppressed[index]) : null;
          }

          private @Nullable LiveThrowable live(@Nullable Throwable throwable) {
            return throwable == null ? null : new LiveThrowable(throwable);
          }
        };

    private final Throwable throwable;
    private final StackTraceElement[] frames;

    LiveThrowable(Throwable throwable) {
      this.throwable = throwable;
      frames = throwable.getStackTrace();
    }
  }
}
