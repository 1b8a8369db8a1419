package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.Fingerprinters;
import io.logsense.FrameFingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.ThrowableReader;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedThrowableTest {
  private static final int ROUNDS = 5_000;

  private final FrameFingerprinter fingerprinter = Fingerprinters.javaFrames();

  @Test
  void aRepeatedThrowableOfALoggingLibraryAllocatesNothing() {
    Proxy proxy = Proxy.of(thrown(20));
    StackFingerprint first = fingerprinter.fingerprint(proxy, Proxy.READER);
    repeat(proxy);
    long before = allocated();
    repeat(proxy);
    assertThat(allocated() - before).isLessThan(ROUNDS);
    assertThat(fingerprinter.fingerprint(proxy, Proxy.READER)).isSameAs(first);
  }

  @Test
  void aRepeatedLiveThrowableAllocatesNoMoreThanTheJvmsCopiesOfItsFrames() {
    Throwable throwable = thrown(20);
    repeat(throwable);
    long before = allocated();
    int frames = 0;
    for (int i = 0; i < ROUNDS; i++) {
      frames += throwable.getStackTrace().length + throwable.getCause().getStackTrace().length;
    }
    long copies = allocated() - before;
    before = allocated();
    repeat(throwable);
    assertThat(frames).isPositive();
    // Less than one object for each.
    assertThat(allocated() - before).isLessThan(copies + 16L * ROUNDS);
  }

  private void repeat(Throwable throwable) {
    for (int i = 0; i < ROUNDS; i++) {
      fingerprinter.fingerprint(throwable);
    }
  }

  private void repeat(Proxy proxy) {
    for (int i = 0; i < ROUNDS; i++) {
      fingerprinter.fingerprint(proxy, Proxy.READER);
    }
  }

  private static Throwable thrown(int depth) {
    return depth > 0
        ? thrown(depth - 1)
        : new IllegalStateException("no answer", new RuntimeException("closed"));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** What a logging library keeps of a throwable. */
  private record Proxy(Throwable throwable, StackTraceElement[] frames, @Nullable Proxy cause) {
    static final ThrowableReader<Proxy> READER = new Reader();

    static Proxy of(Throwable throwable) {
      Throwable cause = throwable.getCause();
      return new Proxy(throwable, throwable.getStackTrace(), cause == null ? null : of(cause));
    }
  }

  private static final class Reader implements ThrowableReader<Proxy> {
    @Override
    public String type(Proxy proxy) {
      return proxy.throwable().getClass().getName();
    }

    @Override
    public @Nullable String message(Proxy proxy) {
      return proxy.throwable().getMessage();
    }

    @Override
    public @Nullable Proxy cause(Proxy proxy) {
      return proxy.cause();
    }

    @Override
    public int frameCount(Proxy proxy) {
      return proxy.frames().length;
    }

    @Override
    public StackTraceElement frame(Proxy proxy, int index) {
      return proxy.frames()[index];
    }
  }
}
