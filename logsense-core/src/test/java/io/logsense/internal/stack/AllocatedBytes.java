package io.logsense.internal.stack;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the current thread has allocated so far. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  public static long now() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
