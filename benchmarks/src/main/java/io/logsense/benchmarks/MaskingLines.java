package io.logsense.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up log lines that hold nothing, one value or six values to mask. */
public final class MaskingLines {
  static final int COUNT = 10_000;
  private static final int WORDS = 16;

  /** What the lines hold. */
  public enum Kind {
    /** Words alone. */
    WORDS(0),
    /** Messages with numbers, paths and ids, and nothing to mask. */
    CLEAN(0),
    /** The same with one value to mask. */
    FEW(1),
    /** The same with six values to mask. */
    MANY(6);

    final int values;

    Kind(int values) {
      this.values = values;
    }
  }

  private static final String[] PROSE =
      ("the server could not read all of its settings and went on with what it had; a request was"
              + " answered late, since every worker waited for a lock that one of them held too long")
          .split(" ");

  private MaskingLines() {}

  static List<String> of(Kind kind) {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(COUNT);
    if (kind == Kind.WORDS) {
      while (lines.size() < COUNT) {
        lines.add(words(random));
      }
      return lines;
    }
    for (String message : Messages.mixed(2 * COUNT, 7)) {
      boolean address =
          message.contains(" from 10.") || message.contains("/10.") || message.startsWith("10.");
      if (!address && lines.size() < COUNT) {
        lines.add(message + values(kind.values, random));
      }
    }
    return lines;
  }

  private static String words(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      line.append(PROSE[random.nextInt(PROSE.length)]).append(' ');
    }
    return line.toString();
  }

  private static String values(int count, Random random) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < count; i++) {
      values.append(value(i, random));
    }
    return values.toString();
  }

  private static String value(int kind, Random random) {
    int number = 1 + random.nextInt(200);
    return switch (kind) {
      case 0 -> " from 10.20.30." + number;
      case 1 -> " for user" + number + "@example.org";
      case 2 -> " password=s3cret" + number;
      case 3 -> " card 4111 1111 1111 1111";
      case 4 -> " via 192.0.2." + number;
      default -> " Authorization: Bearer abcdefghij0123456789-" + number;
    };
  }
}
