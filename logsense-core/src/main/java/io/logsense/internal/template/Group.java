package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Templates of one length that differ in a few positions only.
 *
 * <p>A position holds a few texts, each combination of which is a template of its own. One text
 * more than {@link #limit} and the position becomes a wildcard: templates that differed only there
 * become one. How many texts a position bears depends on what they look like: words name states and
 * actions, so more of them are needed as evidence of a variable than of names with dots and
 * slashes; the first word of a message is nearly always part of its text.
 */
final class Group {
  /** Templates of one group; past it the position with the most texts becomes a wildcard. */
  static final int MOST_MEMBERS = 24;

  /** Founders kept of a group that came from merges. */
  static final int MOST_FOUNDERS = 16;

  private static final int VALUES = 2;
  private static final int WORDS = 3;
  private static final int FIRST = 10;
  private static final int STATES = 8;

  int number;
  final int length;

  /** Seen texts by position, in order of appearance; kept when the position becomes a wildcard. */
  final long[][] texts;

  final boolean[] wild;

  /** The positions under whose texts the index lists this group. */
  final boolean[] listed;

  /** The token hashes that founded this group and those that were joined to it. */
  final List<long[]> founders = new ArrayList<>(1);

  final List<Learned> members = new ArrayList<>(1);

  Group(int number, int length) {
    this.number = number;
    this.length = length;
    this.texts = new long[length][];
    this.wild = new boolean[length];
    this.listed = new boolean[length];
  }

  boolean has(int position, long token) {
    long[] row = texts[position];
    if (row != null) {
      for (long text : row) {
        if (text == token) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes in a text; true when it was new here. */
  boolean add(int position, long token) {
    if (wild[position] || has(position, token)) {
      return false;
    }
    long[] row = texts[position];
    if (row == null) {
      texts[position] = new long[] {token};
      return true;
    }
    row = Arrays.copyOf(row, row.length + 1);
    row[row.length - 1] = token;
    texts[position] = row;
    wild[position] = isTooMany(position, row);
    return true;
  }

  /** Whether {@code token} would turn {@code position} into a wildcard. */
  boolean wouldWiden(int position, long token) {
    long[] row = texts[position];
    if (wild[position] || has(position, token) || row == null) {
      return false;
    }
    long[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = token;
    return isTooMany(position, longer);
  }

  /** Whether the texts of {@code row}, of which the last is new, make a variable. */
  private boolean isTooMany(int position, long[] row) {
    return row.length > limit(position, row);
  }

  /** The texts that {@code position} bears; one that looks like a variable leaves room for none. */
  private static int limit(int position, long[] row) {
    int limit = FIRST;
    for (long text : row) {
      if (text == MaskedLine.VARIABLE) {
        return 1;
      }
      if (position > 0) {
        int kind = (int) text & 3;
        limit =
            Math.min(
                limit,
                kind == MaskedLine.VALUE ? VALUES : kind == MaskedLine.STATE ? STATES : WORDS);
      }
    }
    return limit;
  }

  /** Makes the position with the most texts a wildcard. */
  void widenWidest() {
    int widest = -1;
    for (int i = 0; i < length; i++) {
      if (!wild[i] && (widest < 0 || texts[i].length > texts[widest].length)) {
        widest = i;
      }
    }
    if (widest >= 0) {
      wild[widest] = true;
    }
  }

  /** The hash of a line of this group with its wildcard positions blanked. */
  long projection(long[] tokens) {
    long h = Hashes.add(Hashes.SEED, number);
    for (int i = 0; i < length; i++) {
      h = Hashes.add(h, wild[i] ? MaskedLine.VARIABLE : tokens[i]);
    }
    return Hashes.finish(h);
  }

  /** At how many positions {@code tokens} has a text of this group; -1 if below {@code least}. */
  int agreement(long[] tokens, int least) {
    int spare = length - least;
    for (int i = 0; i < length; i++) {
      if ((wild[i] || !has(i, tokens[i])) && --spare < 0) {
        return -1;
      }
    }
    return least + spare;
  }

  /** Whether a founder of this group and one of {@code other} are similar. */
  boolean isRelated(Group other) {
    if (length != other.length) {
      return false;
    }
    for (long[] mine : founders) {
      for (long[] theirs : other.founders) {
        if (Similarity.agreement(mine, theirs) >= Similarity.required(length)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes in everything that {@code other} learnt. */
  void absorb(Group other) {
    for (int i = 0; i < length; i++) {
      for (long text : other.texts[i]) {
        if (!has(i, text)) {
          texts[i] = Arrays.copyOf(texts[i], texts[i].length + 1);
          texts[i][texts[i].length - 1] = text;
        }
      }
      wild[i] |= other.wild[i] || texts[i].length > limit(i, texts[i]);
    }
    for (long[] founder : other.founders) {
      if (founders.size() < MOST_FOUNDERS
          && founders.stream().noneMatch(f -> Arrays.equals(f, founder))) {
        founders.add(founder);
      }
    }
    for (Learned member : other.members) {
      member.group = this;
      members.add(member);
    }
  }
}
