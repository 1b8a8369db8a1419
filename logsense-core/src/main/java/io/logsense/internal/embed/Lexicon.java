package io.logsense.internal.embed;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What words of logs have in common: from the hash of a stem, or of two stems in a row, to the
 * concepts and fields it stands for. Immutable; one table of open addressing for both.
 */
final class Lexicon {
  static final Lexicon DEFAULT = load("lexicon.txt");

  /** A word that says nothing by itself, though a pair with it may. */
  static final int STOP = 1;

  /** A word that says little. */
  static final int WEAK = 2;

  static final int NOT_FOUND = -1;

  private final long[] keys;
  private final int[] flags;
  private final int[][] concepts;
  private final int[][] fields;
  private final int mask;
  private final int size;

  private static final class Entry {
    int flags;
    final List<Integer> concepts = new ArrayList<>();
    final List<Integer> fields = new ArrayList<>();
  }

  private Lexicon(Map<Long, Entry> entries, int size) {
    this.size = size;
    int capacity = Integer.highestOneBit(entries.size() * 4);
    mask = capacity - 1;
    keys = new long[capacity];
    flags = new int[capacity];
    concepts = new int[capacity][];
    fields = new int[capacity][];
    entries.forEach(
        (key, entry) -> {
          int at = (int) (key & mask);
          while (keys[at] != 0) {
            at = (at + 1) & mask;
          }
          keys[at] = key;
          flags[at] = entry.flags;
          concepts[at] = entry.concepts.stream().mapToInt(Integer::intValue).toArray();
          fields[at] = entry.fields.stream().mapToInt(Integer::intValue).toArray();
        });
  }

  /** Where the word of that hash is, or {@link #NOT_FOUND}. */
  int find(long hash) {
    int at = (int) (hash & mask);
    while (keys[at] != 0) {
      if (keys[at] == hash) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return NOT_FOUND;
  }

  int flags(int at) {
    return flags[at];
  }

  /** How many concepts and fields there are; they are numbered from 0. */
  int size() {
    return size;
  }

  /** The concepts of the word at a place. Not to be changed. */
  int[] concepts(int at) {
    return concepts[at];
  }

  /** The fields of work of the word at a place. Not to be changed. */
  int[] fields(int at) {
    return fields[at];
  }

  private static Lexicon load(String resource) {
    Map<Long, Entry> entries = new TreeMap<>();
    int size = 0;
    try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("it is not in the jar");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.charAt(0) != '#') {
          String name = line.substring(0, colon);
          add(entries, name, size, line.substring(colon + 1).strip());
          size += name.startsWith("-") ? 0 : 1;
        }
      }
    } catch (IOException e) {
      throw new LogSenseException(
          Category.DEFECT, "cannot read " + resource + ": " + e.getMessage(), e);
    }
    return new Lexicon(entries, size);
  }

  private static void add(Map<Long, Entry> entries, String name, int number, String words) {
    for (String word : words.split(" ")) {
      Entry entry = entries.computeIfAbsent(hash(word), key -> new Entry());
      switch (name) {
        case "-stop" -> entry.flags |= STOP;
        case "-weak" -> entry.flags |= WEAK;
        default -> {
          List<Integer> list = name.startsWith("~") ? entry.fields : entry.concepts;
          if (!list.contains(number)) {
            list.add(number);
          }
        }
      }
    }
  }

  private static long hash(String word) {
    int plus = word.indexOf('+');
    if (plus > 0) {
      return Words.pair(hash(word.substring(0, plus)), hash(word.substring(plus + 1)));
    }
    char[] chars = word.toLowerCase(Locale.ROOT).toCharArray();
    return Words.hash(chars, 0, Words.stem(chars, chars.length));
  }
}
