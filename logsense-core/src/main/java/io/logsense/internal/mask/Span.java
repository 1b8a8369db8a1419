package io.logsense.internal.mask;

/** What a rule found, packed into a {@code long} so that a search allocates nothing. */
@SuppressWarnings("EnumOrdinal") // Ordinals live as long as one search and are never stored.
final class Span {
  /** Nothing found. */
  static final long NONE = 0;

  /** Longest text that positions of 28 bits can address. */
  static final int MAX_TEXT = (1 << 28) - 1;

  private static final int MASK = MAX_TEXT;
  private static final long SETTLED = 1L << 62;
  private static final int RULE = 15;
  private static final Rule[] RULES = Rule.values();

  private Span() {}

  /** The characters from {@code start} to {@code end} (exclusive, larger than start). */
  static long of(Rule rule, int start, int end) {
    return (long) rule.ordinal() << 56 | (long) start << 28 | end;
  }

  static int start(long span) {
    return (int) (span >>> 28) & MASK;
  }

  static int end(long span) {
    return (int) span & MASK;
  }

  static Rule rule(long span) {
    return RULES[(int) (span >>> 56) & RULE];
  }

  /** The same finding, and masking the text again finds nothing more in front of it. */
  static long settled(long span) {
    return span | SETTLED;
  }

  static boolean isSettled(long span) {
    return (span & SETTLED) != 0;
  }
}
