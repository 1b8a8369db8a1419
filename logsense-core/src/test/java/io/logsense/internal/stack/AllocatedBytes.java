package io.logsense.internal.stack;

import java.lang.reflect.Method;

/**
 * What the current thread has allocated so far. By reflection, because the module under test does
 * not read {@code jdk.management}.
 */
final class AllocatedBytes {
  private AllocatedBytes() {}

  static long now() {
    try {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Method allocated =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class);
      return (long) allocated.invoke(bean, Thread.currentThread().getId());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no allocation counter in this JVM", e);
    }
  }
}
