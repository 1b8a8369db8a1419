package io.logsense.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import io.logsense.api.fingerprint.ThrowableReader;
import org.jspecify.annotations.Nullable;

/** Reads throwables in the form in which Logback keeps them. */
final class ThrowableProxies implements ThrowableReader<IThrowableProxy> {
  static final ThrowableProxies READER = new ThrowableProxies();

  private ThrowableProxies() {}

  @Override
  public String type(IThrowableProxy throwable) {
    return throwable.getClassName();
  }

  @Override
  public @Nullable String message(IThrowableProxy throwable) {
    return throwable.getMessage();
  }

  @Override
  public @Nullable IThrowableProxy cause(IThrowableProxy throwable) {
    return throwable.getCause();
  }

  @Override
  public int frameCount(IThrowableProxy throwable) {
    return throwable.getStackTraceElementProxyArray().length;
  }

  @Override
  public StackTraceElement frame(IThrowableProxy throwable, int index) {
    return throwable.getStackTraceElementProxyArray()[index].getStackTraceElement();
  }

  @Override
  public @Nullable IThrowableProxy suppressed(IThrowableProxy throwable, int index) {
    IThrowableProxy[] suppressed = throwable.getSuppressed();
    return suppressed != null && index < suppressed.length ? suppressed[index] : null;
  }
}
