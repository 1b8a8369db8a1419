package io.logsense.cli;

import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a series from CSV, a row at a time: a header that names {@code timestamp} and {@code
 * value}, then the points. Without such names, or without a header, the first two columns are
 * taken. Times are ISO 8601, without a zone UTC, or epoch seconds, milli-, micro- or nanoseconds,
 * told apart by their size.
 */
final class SeriesCsv {
  private static final int LONGEST_ROW = 1 << 16;
  private static final double MOST_SECONDS = 1e11;

  private final Reader in;
  private int timeColumn;
  private int valueColumn = 1;
  private long number;
  private boolean ended;

  /**
   * One row.
   *
   * @param number 1-based, the header counted
   * @param timestamp as it stands in the file
   * @param value as it stands in the file
   * @param epochMillis when
   * @param amount how much; may be no number or infinite
   * @param problem why there is no point in this row; null if there is one
   */
  record Row(
      long number,
      String timestamp,
      String value,
      long epochMillis,
      double amount,
      @Nullable String problem) {}

  SeriesCsv(Reader in) {
    this.in = in;
  }

  /** The next row; null after the last one. Empty lines are skipped. */
  @Nullable Row next() throws IOException {
    while (!ended) {
      String line = line();
      if (line == null) {
        return row(List.of("", ""), "longer than " + LONGEST_ROW + " characters");
      }
      if (line.isBlank()) {
        continue;
      }
      List<String> fields = fields(number == 1 ? withoutByteOrderMark(line) : line);
      if (number == 1 && isHeader(fields)) {
        continue;
      }
      return row(fields, null);
    }
    return null;
  }

  private boolean isHeader(List<String> fields) {
    List<String> names = fields.stream().map(f -> f.strip().toLowerCase(Locale.ROOT)).toList();
    if (names.contains("timestamp") && names.contains("value")) {
      timeColumn = names.indexOf("timestamp");
      valueColumn = names.indexOf("value");
      return true;
    }
    return fields.size() > 1 && row(fields, null).problem() != null;
  }

  private Row row(List<String> fields, @Nullable String problem) {
    String timestamp = timeColumn < fields.size() ? fields.get(timeColumn) : "";
    String value = valueColumn < fields.size() ? fields.get(valueColumn) : "";
    if (problem != null) {
      return new Row(number, timestamp, value, 0, 0, problem);
    }
    if (fields.size() <= Math.max(timeColumn, valueColumn)) {
      return new Row(
          number, timestamp, value, 0, 0, "has %d of %d columns".formatted(fields.size(), 2));
    }
    try {
      return new Row(number, timestamp, value, time(timestamp), amount(value), null);
    } catch (DateTimeException | ArithmeticException e) {
      return new Row(number, timestamp, value, 0, 0, "'" + timestamp + "' is no time");
    } catch (NumberFormatException e) {
      return new Row(number, timestamp, value, 0, 0, "'" + value + "' is no number");
    }
  }

  private static double amount(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static long time(String text) {
    String time = text.strip();
    if (isNumber(time)) {
      return epoch(time);
    }
    if (time.length() == 10) {
      return LocalDate.parse(time).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    String iso =
        time.length() > 10 && time.charAt(10) == ' '
            ? time.substring(0, 10) + 'T' + time.substring(11)
            : time;
    boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return zoned
        ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static boolean isNumber(String text) {
    boolean digits = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    return digits && !text.isEmpty() && text.lastIndexOf('-') <= 0;
  }

  private static long epoch(String text) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new DateTimeException(text, e);
    }
    double millis = number * 1000;
    for (double most = MOST_SECONDS; Math.abs(number) >= most && most < 1e20; most *= 1000) {
      millis /= 1000;
    }
    return Math.round(millis);
  }

  /** The fields of a line, by RFC 4180 but for line ends within quotes. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** The next line without its end; null when it is too long, and then it is skipped. */
  private @Nullable String line() throws IOException {
    number++;
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    int c = in.read();
    for (; c != '\n' && c >= 0; c = in.read()) {
      tooLong |= line.length() == LONGEST_ROW;
      if (!tooLong) {
        line.append((char) c);
      }
    }
    ended = c < 0;
    if (tooLong) {
      return null;
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
