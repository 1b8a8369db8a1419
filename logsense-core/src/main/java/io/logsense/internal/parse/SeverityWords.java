package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** The words and numbers by which loggers name a severity. */
final class SeverityWords {
  private static final int LONGEST = 13;
  private static final int SLOTS = 512;
  private static final byte[][] WORDS = new byte[SLOTS][];
  private static final Severity[] SEVERITIES = new Severity[SLOTS];
  private static final @Nullable Severity[] LETTERS = new Severity[128];

  static {
    put(
        Severity.TRACE,
        "trace",
        "trc",
        "trce",
        "finer",
        "finest",
        "verbose",
        "vrb",
        "all",
        "silly");
    put(Severity.DEBUG, "debug", "dbg", "fine", "config", "dbug", "debug1", "debug2", "debug5");
    put(Severity.INFO, "info", "inf", "information", "informational", "notice", "note", "system");
    put(Severity.INFO, "log", "success", "audit", "statement", "http");
    put(Severity.WARN, "warn", "warning", "wrn", "caution");
    put(Severity.ERROR, "error", "err", "fail", "failure", "severe", "eror", "exception");
    put(Severity.FATAL, "fatal", "crit", "critical", "alert", "emerg", "emergency", "panic", "ftl");
    put(Severity.FATAL, "dpanic", "disaster", "assert");
    // What java.util.logging writes in German and French.
    put(Severity.DEBUG, "fein", "konfiguration");
    put(Severity.INFO, "infos");
    put(Severity.WARN, "warnung", "avertissement");
    put(Severity.ERROR, "schwerwiegend", "grave");
    LETTERS['V'] = Severity.TRACE;
    LETTERS['T'] = Severity.TRACE;
    LETTERS['D'] = Severity.DEBUG;
    LETTERS['I'] = Severity.INFO;
    LETTERS['N'] = Severity.INFO;
    LETTERS['O'] = Severity.INFO;
    LETTERS['W'] = Severity.WARN;
    LETTERS['E'] = Severity.ERROR;
    LETTERS['F'] = Severity.FATAL;
    LETTERS['C'] = Severity.FATAL;
    LETTERS['A'] = Severity.FATAL;
  }

  private SeverityWords() {}

  private static void put(Severity severity, String... words) {
    for (String word : words) {
      int slot = hash(word);
      while (WORDS[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      WORDS[slot] = word.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      SEVERITIES[slot] = severity;
    }
  }

  private static int hash(String word) {
    int h = 0;
    for (int i = 0; i < word.length(); i++) {
      h = h * 31 + word.charAt(i);
    }
    return Math.floorMod(h, SLOTS);
  }

  /** The severity that the whole text names in any case, or null. */
  static @Nullable Severity of(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 3 || length > LONGEST) {
      return null;
    }
    int h = 0;
    for (int p = from; p < to; p++) {
      h = h * 31 + Ascii.toLower(b[p]);
    }
    int slot = Math.floorMod(h, SLOTS);
    while (WORDS[slot] != null) {
      if (same(WORDS[slot], b, from, length)) {
        return SEVERITIES[slot];
      }
      slot = (slot + 1) % SLOTS;
    }
    return null;
  }

  private static boolean same(byte[] word, byte[] b, int from, int length) {
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word[i] != Ascii.toLower(b[from + i])) {
        return false;
      }
    }
    return true;
  }

  /** The severity of a letter that stands alone: {@code D}, {@code I}, {@code W}; or null. */
  static @Nullable Severity ofLetter(byte letter) {
    return letter < 0 ? null : LETTERS[letter];
  }

  /** The severity of a field's text: a word, a letter, or a number; unspecified for others. */
  static Severity ofText(String text) {
    byte[] b = Ascii.bytes(text.strip());
    Severity word = b.length == 1 ? ofLetter((byte) Ascii.toUpper(b[0])) : of(b, 0, b.length);
    if (word != null) {
      return word;
    }
    int number = Ascii.number(b, 0, b.length);
    return number < 0 ? Severity.UNSPECIFIED : number <= 7 ? ofSyslog(number) : ofTens(number);
  }

  /** The severity of the numbers 0 (emergency) to 7 (debug). */
  static Severity ofSyslog(int number) {
    return switch (number) {
      case 0, 1, 2 -> Severity.FATAL;
      case 3 -> Severity.ERROR;
      case 4 -> Severity.WARN;
      case 5, 6 -> Severity.INFO;
      case 7 -> Severity.DEBUG;
      default -> Severity.UNSPECIFIED;
    };
  }

  /** The severity of 10 (trace) to 60 (fatal), of the thousandfold that Logback counts in, too. */
  static Severity ofTens(int number) {
    int n = number >= 5000 ? number / 1000 : number;
    if (number == 5000) {
      return Severity.TRACE;
    }
    if (number >= 10_000) {
      return n >= 40
          ? Severity.ERROR
          : n >= 30 ? Severity.WARN : n >= 20 ? Severity.INFO : Severity.DEBUG;
    }
    return n >= 60
        ? Severity.FATAL
        : n >= 50
            ? Severity.ERROR
            : n >= 40
                ? Severity.WARN
                : n >= 30
                    ? Severity.INFO
                    : n >= 20 ? Severity.DEBUG : n >= 10 ? Severity.TRACE : Severity.UNSPECIFIED;
  }

  /** The severity of the OpenTelemetry numbers 1 to 24. */
  static Severity ofOpenTelemetry(int number) {
    return switch ((number + 3) / 4) {
      case 1 -> Severity.TRACE;
      case 2 -> Severity.DEBUG;
      case 3 -> Severity.INFO;
      case 4 -> Severity.WARN;
      case 5 -> Severity.ERROR;
      case 6 -> Severity.FATAL;
      default -> Severity.UNSPECIFIED;
    };
  }

  /** Takes the severity that a text begins with, in capitals or marked by a colon or bracket. */
  static void leading(byte[] b, int from, int to, LogEvent.Builder out) {
    int p = from;
    while (p < to && !Ascii.isLetter(b[p])) {
      p++;
    }
    int q = p;
    while (q < to && Ascii.isLetter(b[q])) {
      q++;
    }
    Severity severity = of(b, p, q);
    boolean marked = q < to && (b[q] == ':' || b[q] == ']');
    if (severity != null && (marked || capitals(b, p, q))) {
      out.severity(severity);
    }
  }

  private static boolean capitals(byte[] b, int from, int to) {
    for (int p = from; p < to; p++) {
      if (b[p] > 'Z') {
        return false;
      }
    }
    return true;
  }
}
