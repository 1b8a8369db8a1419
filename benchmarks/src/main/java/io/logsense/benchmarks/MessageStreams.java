package io.logsense.benchmarks;

import io.logsense.benchmarks.accuracy.LabelledMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Streams of messages to mine: mixed real ones, and made-up ones that are hard in one way each. */
final class MessageStreams {
  private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int TOKENS = 12;
  private static final int FIRST_WORDS = 50;

  private MessageStreams() {}

  /**
   * The messages of all labelled logs below {@code data}; made-up ones of 30 kinds when there are
   * none.
   */
  static List<String> ofAllSystems(Path data) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : LabelledMessages.files(data)) {
      for (Map<String, String> row : LabelledMessages.read(file)) {
        all.add(Objects.requireNonNull(row.get("Content")));
      }
    }
    return all.isEmpty() ? Messages.mixed(20_000, 1) : all;
  }

  /** {@code count} of {@code originals} in random order, every digit another one. */
  static List<String> mixed(List<String> originals, int count, Random random) {
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      char[] text = originals.get(random.nextInt(originals.size())).toCharArray();
      for (int k = 0; k < text.length; k++) {
        if (text[k] >= '0' && text[k] <= '9') {
          text[k] = (char) ('0' + random.nextInt(10));
        }
      }
      all.add(new String(text));
    }
    return all;
  }

  /** {@code count} texts of 12 tokens, 4 of them numbers ({@code #}), with 50 first words. */
  static List<String> texts(int count, Random random) {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < FIRST_WORDS; i++) {
      first.add(word(random, 3));
    }
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(first.get(random.nextInt(FIRST_WORDS)));
      for (int k = 1; k < TOKENS; k++) {
        text.append(' ').append(k % 3 == 2 ? "#" : word(random, 3));
      }
      all.add(text.toString());
    }
    return all;
  }

  /** {@code count} messages of {@code texts}, each text before any comes again. */
  static List<String> filled(List<String> texts, int count, Random random) {
    List<String> all = new ArrayList<>(count);
    List<String> order = new ArrayList<>(texts);
    while (all.size() < count) {
      Collections.shuffle(order, random);
      for (String text : order) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
          if (text.charAt(i) == '#') {
            out.append(random.nextInt(100_000));
          } else {
            out.append(text.charAt(i));
          }
        }
        all.add(out.toString());
      }
    }
    return all.subList(0, count);
  }

  /** Messages of 30 kinds in which every parameter is 3 to 12 random letters and digits. */
  static List<String> randomParameters(int count, Random random) {
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Messages.random(random, kind -> alphanumeric(random, 3 + random.nextInt(10))));
    }
    return all;
  }

  /** Messages of 30 random words of two letters. */
  static List<String> randomWords(int count, Random random) {
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 30; k++) {
        text.append(k == 0 ? "" : " ");
        text.append((char) ('a' + random.nextInt(26))).append((char) ('a' + random.nextInt(26)));
      }
      all.add(text.toString());
    }
    return all;
  }

  private static String alphanumeric(Random random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
    }
    return out.toString();
  }

  private static String word(Random random, int syllables) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      out.append("bcdfghjklmnprstvwz".charAt(random.nextInt(18)));
      out.append("aeiou".charAt(random.nextInt(5)));
    }
    return out.toString();
  }
}
