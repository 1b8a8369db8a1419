package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date pattern of {@code SimpleDateFormat} or {@code DateTimeFormatter} as an element. Names of
 * months and days are English. A named zone of the pattern counts if its offset is fixed.
 */
final class DatePattern implements Element {
  private static final int NO_OFFSET = TimestampFields.NO_OFFSET;

  private record Field(char letter, int width, int literal) {}

  private final List<Field> fields = new ArrayList<>();
  private final int offsetSeconds;

  private DatePattern(String pattern, int offsetSeconds) {
    this.offsetSeconds = offsetSeconds;
    int p = 0;
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '\'') {
        p = quoted(pattern, p + 1);
      } else if (Ascii.isLetter(c)) {
        int end = p;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        fields.add(new Field(c, end - p, 0));
        p = end;
      } else {
        literal(c);
        p++;
      }
    }
  }

  /** An element for a pattern; for an empty or a predefined one, an element for any timestamp. */
  static Element of(String pattern, String zone) {
    return switch (pattern) {
      case "UNIX", "UNIX_MILLIS" -> new Epoch();
      case "",
          "ISO8601",
          "ISO8601_BASIC",
          "ISO8601_OFFSET_DATE_TIME_HH",
          "ABSOLUTE",
          "DATE",
          "DEFAULT",
          "COMPACT",
          "STRICT",
          "ISO8601_PERIOD",
          "ABSOLUTE_MICROS",
          "ABSOLUTE_NANOS",
          "DEFAULT_MICROS",
          "DEFAULT_NANOS",
          "ISO8601_OFFSET_DATE_TIME_HHMM",
          "ISO8601_OFFSET_DATE_TIME_HHCMM",
          "ISO8601_PERIOD_MICROS",
          "ABSOLUTE_PERIOD",
          "DATE_PERIOD",
          "DEFAULT_PERIOD",
          "ISO8601_BASIC_PERIOD" ->
          Time.ANY;
      default -> new DatePattern(pattern, fixedOffset(zone));
    };
  }

  static boolean isZone(String text) {
    try {
      return text.length() > 1 && ZoneId.of(text, ZoneId.SHORT_IDS) != null;
    } catch (DateTimeException unknown) {
      return false;
    }
  }

  private static int fixedOffset(String zone) {
    if (zone.isEmpty()) {
      return NO_OFFSET;
    }
    try {
      ZoneRules rules = ZoneId.of(zone, ZoneId.SHORT_IDS).getRules();
      return rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : NO_OFFSET;
    } catch (DateTimeException unknown) {
      return NO_OFFSET;
    }
  }

  private int quoted(String pattern, int from) {
    int end = pattern.indexOf('\'', from);
    if (end == from) {
      literal('\'');
    }
    int to = end < 0 ? pattern.length() : end;
    for (int p = from; p < to; p++) {
      literal(pattern.charAt(p));
    }
    return to + 1;
  }

  private void literal(char c) {
    for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
      fields.add(new Field('\0', 1, b));
    }
  }

  @Override
  public int match(byte[] b, int from, int to, @Nullable Draft draft) {
    TimestampFields f = draft == null ? null : draft.fields.clear();
    if (f != null) {
      f.offsetSeconds = offsetSeconds;
    }
    int p = Ascii.skipBlanks(b, from, to);
    boolean afternoon = false;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.letter == 0) {
        if (p >= to || b[p++] != field.literal) {
          return -1;
        }
        continue;
      }
      if (field.letter == 'a') {
        afternoon = p < to && Ascii.toLower(b[p]) == 'p';
      }
      p = read(field, digitsFollow(i), b, p, to, f);
      if (p < 0) {
        return -1;
      }
    }
    if (f != null && afternoon && f.hour < 12) {
      f.hour += 12;
    }
    if (draft != null) {
      draft.takeTime();
    }
    return p;
  }

  private boolean digitsFollow(int i) {
    return i + 1 < fields.size() && "yuMdHhkKmsSn".indexOf(fields.get(i + 1).letter) >= 0;
  }

  private static int read(
      Field field, boolean packed, byte[] b, int p, int to, @Nullable TimestampFields f) {
    return switch (field.letter) {
      case 'E', 'a', 'G', 'B' -> name(b, p, to);
      case 'z', 'Z', 'X', 'x', 'O', 'V', 'v' -> ClockScanner.zoneHere(b, p, to, f);
      case 'M', 'L' -> field.width > 2 ? month(b, p, to, f) : number(field, packed, b, p, to, f);
      default -> number(field, packed, b, p, to, f);
    };
  }

  private static int name(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Ascii.isLetterOrNonAscii(b[p])) {
      p++;
    }
    return p == from ? -1 : p;
  }

  private static int month(byte[] b, int p, int to, @Nullable TimestampFields f) {
    int month = TimestampScanner.monthNumber(b, p, to);
    if (f != null) {
      f.month = month;
    }
    return TimestampScanner.monthEnd(b, p, to, month);
  }

  private static int number(
      Field field, boolean packed, byte[] b, int p, int to, @Nullable TimestampFields f) {
    int most = packed ? field.width : Math.max(field.width, field.letter == 'y' ? 4 : 2);
    int end = Ascii.skipDigits(b, p, Math.min(to, p + most));
    int value = Ascii.number(b, p, end);
    if (!plausible(field.letter, value)) {
      return -1;
    }
    if (f != null) {
      put(field.letter, value, end - p, f);
    }
    return end;
  }

  private static boolean plausible(char letter, int value) {
    return value >= 0
        && switch (letter) {
          case 'M', 'L' -> value >= 1 && value <= 12;
          case 'd' -> value >= 1 && value <= 31;
          case 'm' -> value <= 59;
          case 's' -> value <= 60;
          case 'y', 'u', 'H', 'k', 'h', 'K', 'S', 'n' -> true;
          default -> false;
        };
  }

  private static void put(char letter, int value, int digits, TimestampFields f) {
    switch (letter) {
      case 'y', 'u' -> f.year = digits == 2 ? 2000 + value : value;
      case 'M', 'L' -> f.month = value;
      case 'd' -> f.day = value;
      case 'H', 'k' -> f.hour = value % 24;
      case 'h', 'K' -> f.hour = value % 12;
      case 'm' -> f.minute = value;
      case 's' -> f.second = value;
      default -> f.nano = nanos(value, digits);
    }
  }

  private static int nanos(int value, int digits) {
    int nanos = value;
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }
}
