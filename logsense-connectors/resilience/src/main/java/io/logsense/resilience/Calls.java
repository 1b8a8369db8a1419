package io.logsense.resilience;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;

/** Guarded calls that throw what their interfaces allow. */
final class Calls {
  private Calls() {}

  /** Of methods that may throw {@link IOException}. */
  static <T> T io(Guard guard, Callable<T> call, long nanos) throws IOException {
    try {
      return guard.call(call, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (Exception e) {
      throw asIo(e);
    }
  }

  /** What a reader or a source throws when it may be tried again. */
  static IOException asIo(Exception e) {
    if (e instanceof IOException io) {
      return io;
    }
    if (e instanceof LogSenseException known && known.category() == Category.TRANSIENT) {
      return new IOException(known.getMessage(), known);
    }
    throw unchecked(e);
  }

  /** Of methods that throw nothing checked. */
  static <T> T plain(Guard guard, Callable<T> call) {
    return plain(guard, call, Long.MAX_VALUE);
  }

  /** Of those that must not be called again. */
  static <T> T once(Guard guard, Callable<T> call) {
    return plain(guard, call, 0);
  }

  private static <T> T plain(Guard guard, Callable<T> call, long nanos) {
    try {
      return guard.call(call, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogSenseException(Category.TRANSIENT, "interrupted while waiting to try again", e);
    } catch (Exception e) {
      throw unchecked(e);
    }
  }

  static RuntimeException unchecked(Exception e) {
    return e instanceof RuntimeException runtime
        ? runtime
        : new LogSenseException(Category.DEFECT, "not declared: " + e, e);
  }
}
