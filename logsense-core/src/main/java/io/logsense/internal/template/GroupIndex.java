package io.logsense.internal.template;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the groups that share enough positions with a line, by any position.
 *
 * <p>Prefix filtering, as in set similarity joins: two lines of length n that agree in r positions
 * agree in at least one of any n - r + 1 positions, so a group is listed only under that many of
 * its tokens, the rarest so far.
 *
 * <p>Not for several threads. A look-up compares at most {@link #MOST_COMPARED} groups.
 */
final class GroupIndex {
  private static final int MOST_COMPARED = 256;
  private static final int SHORT_LIST = 64;

  private final LongIntTable lists = new LongIntTable();
  private int[][] postings = new int[64][];
  private int[] sizes = new int[64];
  private int used;
  private int[] stamp = new int[64];
  private int round;
  private int compared;
  private @Nullable Group best;
  private int bestScore;

  void clear() {
    lists.clear();
    Arrays.fill(sizes, 0);
    used = 0;
  }

  /** Lists a new group under all its texts. */
  void add(Group group) {
    if (group.number >= stamp.length) {
      stamp = Arrays.copyOf(stamp, Math.max(stamp.length * 2, group.number + 1));
    }
    choose(group);
    for (int i = 0; i < group.length; i++) {
      if (group.listed[i]) {
        for (long text : group.texts[i]) {
          post(group, i, text);
        }
        for (long[] founder : group.founders) {
          post(group, i, founder[i]);
        }
      }
    }
  }

  /** Lists a known group under one text more. */
  void add(Group group, int position, long token) {
    if (group.listed[position]) {
      post(group, position, token);
    }
  }

  /** Picks the positions with the rarest texts, unless that was done before. */
  private void choose(Group group) {
    int length = group.length;
    boolean[] chosen = group.listed;
    int wanted = length - Similarity.required(length) + 1;
    for (boolean known : chosen) {
      wanted -= known ? 1 : 0;
    }
    for (int n = 0; n < wanted && n < length; n++) {
      int rarest = -1;
      int size = Integer.MAX_VALUE;
      for (int i = 0; i < length; i++) {
        if (!chosen[i]) {
          int list = lists.find(key(length, i, group.texts[i][0]));
          int others = list < 0 ? 0 : sizes[list];
          if (group.texts[i][0] == MaskedLine.VARIABLE) {
            others = Integer.MAX_VALUE - 1;
          }
          if (others < size) {
            size = others;
            rarest = i;
          }
        }
      }
      chosen[rarest] = true;
    }
  }

  private void post(Group group, int position, long token) {
    long key = key(group.length, position, token);
    int list = lists.find(key);
    if (list < 0) {
      list = used++;
      lists.put(key, list);
      if (list == postings.length) {
        postings = Arrays.copyOf(postings, list * 2);
        sizes = Arrays.copyOf(sizes, list * 2);
      }
      if (postings[list] == null) {
        postings[list] = new int[1];
      }
    }
    int size = sizes[list];
    if (size > 0 && postings[list][size - 1] == group.number) {
      return;
    }
    if (size == postings[list].length) {
      postings[list] = Arrays.copyOf(postings[list], size * 2);
    }
    postings[list][size] = group.number;
    sizes[list] = size + 1;
  }

  /**
   * The group that agrees with the line in the most positions, and in enough; the oldest of equals.
   */
  @Nullable Group nearest(List<Group> groups, long[] tokens, int length) {
    startRound();
    best = null;
    bestScore = Similarity.required(length);
    compared = 0;
    for (int i = 0; i < length; i++) {
      int list = lists.find(key(length, i, tokens[i]));
      if (list >= 0 && sizes[list] <= SHORT_LIST) {
        compare(groups, tokens, list);
      }
    }
    if (best == null) {
      for (int i = 0; i < length && compared < MOST_COMPARED; i++) {
        int list = lists.find(key(length, i, tokens[i]));
        if (list >= 0 && sizes[list] > SHORT_LIST) {
          compare(groups, tokens, list);
        }
      }
    }
    return best;
  }

  private void compare(List<Group> groups, long[] tokens, int list) {
    for (int k = 0; k < sizes[list] && compared < MOST_COMPARED; k++) {
      int number = postings[list][k];
      if (stamp[number] == round) {
        continue;
      }
      stamp[number] = round;
      compared++;
      Group group = groups.get(number);
      int score = group.agreement(tokens, bestScore);
      if (score > bestScore || (score == bestScore && (best == null || number < best.number))) {
        best = group;
        bestScore = score;
      }
    }
  }

  /** Hands over every listed group that may be related to {@code group}. */
  void related(List<Group> groups, Group group, Consumer<Group> out) {
    startRound();
    for (long[] founder : group.founders) {
      for (int i = 0; i < group.length; i++) {
        int list = lists.find(key(group.length, i, founder[i]));
        for (int k = 0; list >= 0 && k < sizes[list]; k++) {
          int number = postings[list][k];
          if (stamp[number] != round) {
            stamp[number] = round;
            out.accept(groups.get(number));
          }
        }
      }
    }
  }

  private void startRound() {
    if (++round == 0) {
      Arrays.fill(stamp, 0);
      round = 1;
    }
  }

  private static long key(int length, int position, long token) {
    return Hashes.add(Hashes.add(Hashes.SEED, length * 1024L + position), token);
  }
}
