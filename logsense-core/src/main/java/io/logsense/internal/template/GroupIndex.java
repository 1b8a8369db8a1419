package io.logsense.internal.template;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the groups that share enough positions with a line, by any position.
 *
 * <p>Prefix filtering as in set similarity joins (Chaudhuri et al., ICDE 2006), with longer
 * prefixes (Wang et al., SIGMOD 2012): two lines of length n that agree in r positions agree in at
 * least k of any n - r + k positions. A group is listed under that many of its tokens, the rarest
 * so far, and is looked at when a line meets it in k lists. k is {@value #MEETINGS} where a group
 * has the words for it.
 *
 * <p>Not for several threads. A look-up reads at most {@value #MOST_READ} entries of long lists and
 * compares at most {@value #MOST_COMPARED} groups. Memory: 4 bytes for each text of a listed
 * position, 24 to 48 for each different one.
 */
final class GroupIndex {
  private static final int MEETINGS = 3;
  static final int MOST_COMPARED = 256;
  private static final int MOST_READ = 4096;
  private static final int SHORT_LIST = 64;

  /** Room for the meetings of one round, with a bit that says that the group was compared. */
  private static final int ROUND = 512;

  private static final int COMPARED = 256;

  private final LongIntTable lists = new LongIntTable();
  private int[][] postings = new int[64][];
  private int[] sizes = new int[64];
  private int used;

  /** By group: the round of the last meeting and how many there were in it. */
  private int[] met = new int[64];

  /** By group: how many meetings make a candidate. */
  private int[] needed = new int[64];

  /** By position of the line: its list, or -1. */
  private int[] listAt = new int[64];

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
    if (group.number >= met.length) {
      int larger = Math.max(met.length * 2, group.number + 1);
      met = Arrays.copyOf(met, larger);
      needed = Arrays.copyOf(needed, larger);
    }
    int listed = choose(group);
    needed[group.number] = Math.max(1, listed - group.length + Similarity.required(group.length));
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

  /** Picks the positions with the rarest texts, unless that was done before; answers how many. */
  private int choose(Group group) {
    int length = group.length;
    boolean[] chosen = group.listed;
    int least = length - Similarity.required(length) + 1;
    int listed = 0;
    int words = 0;
    for (int i = 0; i < length; i++) {
      listed += chosen[i] ? 1 : 0;
      words += group.texts[i][0] == MaskedLine.VARIABLE ? 0 : 1;
    }
    int wanted = Math.max(least, Math.min(least + MEETINGS - 1, words));
    while (listed < wanted) {
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
      listed++;
    }
    return listed;
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
    if (listAt.length < length) {
      listAt = new int[Math.max(length, listAt.length * 2)];
    }
    int longLists = 0;
    for (int i = 0; i < length; i++) {
      int list = lists.find(key(length, i, tokens[i]));
      listAt[i] = list;
      longLists += list >= 0 && sizes[list] > SHORT_LIST ? 1 : 0;
    }
    for (int i = 0; i < length; i++) {
      int list = listAt[i];
      if (list >= 0 && sizes[list] <= SHORT_LIST) {
        meet(groups, tokens, list, sizes[list], longLists);
      }
    }
    int left = MOST_READ;
    for (int i = 0; i < length && longLists > 0 && best == null && left > 0; i++) {
      int list = listAt[i];
      if (list >= 0 && sizes[list] > SHORT_LIST) {
        longLists--;
        int size = Math.min(sizes[list], left);
        meet(groups, tokens, list, size, longLists);
        left -= size;
      }
    }
    return best;
  }

  /**
   * Counts a meeting with the first groups of a list and compares those with enough of them.
   *
   * @param ahead lists of the line that were not read so far
   */
  private void meet(List<Group> groups, long[] tokens, int list, int size, int ahead) {
    int[] numbers = postings[list];
    for (int k = 0; k < size; k++) {
      int number = numbers[k];
      int meetings = Math.max(met[number], round) + 1;
      met[number] = meetings;
      if ((meetings & COMPARED) == 0
          && meetings - round + ahead >= needed[number]
          && compared < MOST_COMPARED) {
        met[number] = round | COMPARED;
        compared++;
        Group group = groups.get(number);
        int score = group.agreement(tokens, bestScore);
        if (score > bestScore || (score == bestScore && (best == null || number < best.number))) {
          best = group;
          bestScore = score;
        }
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
          if (met[number] < round) {
            met[number] = round;
            out.accept(groups.get(number));
          }
        }
      }
    }
  }

  /** Groups that the last look-up compared. */
  int compared() {
    return compared;
  }

  private void startRound() {
    round += ROUND;
    if (round < 0) {
      Arrays.fill(met, 0);
      round = ROUND;
    }
  }

  private static long key(int length, int position, long token) {
    return Hashes.add(Hashes.add(Hashes.SEED, length * 1024L + position), token);
  }
}
