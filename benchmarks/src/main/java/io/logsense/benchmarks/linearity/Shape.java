package io.logsense.benchmarks.linearity;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;

/** A text of any size that is made to be slow to read. */
enum Shape {
  /** One line of many short words: 10,000 of them are 60 kB. */
  MANY_TOKENS((out, random) -> out.append(word(random, 5)).append(' ')),
  /** One line that is one word. */
  ONE_TOKEN((out, random) -> out.append((char) ('a' + random.nextInt(26)))),
  /** One line of digits. */
  DIGITS((out, random) -> out.append((char) ('0' + random.nextInt(10)))),
  /** Lines of which no two are alike. */
  UNIQUE_LINES(
      (out, random) ->
          out.append(word(random, 9))
              .append(' ')
              .append(word(random, 7))
              .append(": ")
              .append(word(random, 8))
              .append(' ')
              .append(random.nextInt())
              .append(' ')
              .append(word(random, 6))
              .append('\n')),
  /** One line of objects in objects. */
  DEEP_JSON((out, random) -> out.append("{\"a\":")),
  /** One line of arrays in arrays in objects, with text between. */
  DEEP_MIXED_JSON((out, random) -> out.append("{\"k\":[\"v\",[")),
  /** One line of opening brackets. */
  DEEP_BRACKETS((out, random) -> out.append("[({<".charAt(random.nextInt(4)))),
  /** One line of backslashes. */
  BACKSLASHES((out, random) -> out.append('\\')),
  /** One line of quotes. */
  QUOTES((out, random) -> out.append('"')),
  /** One line of {@code at } without an end. */
  ONLY_AT((out, random) -> out.append("at ")),
  /** Lines that begin as stack frames do. */
  LINES_OF_AT((out, random) -> out.append("\tat \n")),
  /** Frames without a throwable. */
  FRAMES(
      (out, random) ->
          out.append("\tat com.")
              .append(word(random, 4))
              .append(".Some.call(Some.java:")
              .append(random.nextInt(1000))
              .append(")\n")),
  /** Throwables that cause each other without an end, with a frame each. */
  CAUSES(
      (out, random) ->
          out.append("Caused by: com.")
              .append(word(random, 4))
              .append("Exception: no\n")
              .append("\tat com.Some.call(Some.java:")
              .append(random.nextInt(1000))
              .append(")\n")),
  /** One line of separators. */
  SEPARATORS((out, random) -> out.append("=:,;|/.-_@".charAt(random.nextInt(10)))),
  /** One line of key-value pairs that do not end. */
  KEYS((out, random) -> out.append("password=")),
  /** One line of at-signs and dots, which e-mail addresses and hosts are made of. */
  ADDRESSES((out, random) -> out.append("a.b@")),
  /** One line of blanks. */
  SPACES((out, random) -> out.append(' ')),
  /** Lines of nothing. */
  EMPTY_LINES((out, random) -> out.append('\n'));

  private final BiConsumer<StringBuilder, Random> part;

  Shape(BiConsumer<StringBuilder, Random> part) {
    this.part = part;
  }

  /** {@code size} bytes of this shape; the same for the same size. */
  byte[] text(int size) {
    Random random = new Random(1);
    StringBuilder out = new StringBuilder(size + 128);
    while (out.length() < size) {
      part.accept(out, random);
    }
    return out.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }

  /** The name in words. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String word(Random random, int length) {
    char[] letters = new char[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (char) ('a' + random.nextInt(26));
    }
    return new String(letters);
  }
}
