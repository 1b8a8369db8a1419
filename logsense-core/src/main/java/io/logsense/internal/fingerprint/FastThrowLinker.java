package io.logsense.internal.fingerprint;

import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the full trace that an exception without frames most likely repeats.
 *
 * <p>A JVM stops recording frames of an implicit exception once compiled code has thrown it often
 * ({@code -XX:+OmitStackTraceInFastThrow}). The same fault then appears as a bare type. The linker
 * remembers full traces by type and call site, and by type alone; an answer is given only where all
 * that was remembered agrees. At most {@code capacity} keys, the least recently used goes first.
 *
 * <p>The answers depend on the order of the calls. Not thread-safe.
 */
public final class FastThrowLinker {
  private static final Set<String> FAST_THROWN =
      Set.of(
          "java.lang.NullPointerException",
          "java.lang.ArithmeticException",
          "java.lang.ArrayIndexOutOfBoundsException",
          "java.lang.ArrayStoreException",
          "java.lang.ClassCastException",
          "java.lang.NegativeArraySizeException");

  private final Level level;
  private final Map<String, Memory> memories;

  /**
   * An empty linker.
   *
   * @param level traces equal at this level agree
   * @param capacity most keys kept
   */
  public FastThrowLinker(Level level, int capacity) {
    this.level = level;
    memories =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * The fingerprint to count {@code trace} under: that of the earlier full trace if its root cause
   * lost its frames and there is one, else empty. Full traces are remembered.
   *
   * @param trace the next trace, in the order of the events
   * @param callSite what tells statements that log apart, such as logger and message template
   * @param own the trace's own fingerprint
   */
  public Optional<StackFingerprint> link(StackTrace trace, String callSite, StackFingerprint own) {
    ThrownError root = trace.error().rootCause();
    if (!trace.language().equals("java") || !FAST_THROWN.contains(root.type())) {
      return Optional.empty();
    }
    String types = types(trace.error());
    String narrow = types + '\n' + callSite;
    if (!root.frames().isEmpty() || root.framesInCommon() > 0) {
      remember(narrow, own);
      remember(types, own);
      return Optional.empty();
    }
    return recall(narrow).or(() -> recall(types));
  }

  private void remember(String key, StackFingerprint full) {
    memories.merge(
        key,
        new Memory(full, false),
        (known, next) ->
            known.first.at(level).equals(full.at(level)) ? known : new Memory(known.first, true));
  }

  private Optional<StackFingerprint> recall(String key) {
    Memory memory = memories.get(key);
    return memory == null || memory.ambiguous ? Optional.empty() : Optional.of(memory.first);
  }

  private static String types(ThrownError outermost) {
    StringBuilder types = new StringBuilder();
    int length = 0;
    for (ThrownError e = outermost; e != null && length < Chain.LONGEST; e = e.cause()) {
      types.append(e.type()).append('\t');
      length++;
    }
    return types.toString();
  }

  /** The first full trace under a key, and whether others differ. */
  private record Memory(StackFingerprint first, boolean ambiguous) {}
}
