package io.logsense.code;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much the words of a block are those of a question: Okapi BM25 (Robertson et al., TREC-3,
 * 1994) over the names, the doc comment, the calls and the literals of a block. A word counts once
 * for each text of the block that has it.
 *
 * <p>How rare a word is, and how long blocks are, is taken from some of the blocks, spread evenly:
 * so a question costs no more where the index is large, and nothing is kept.
 */
final class WordLikeness {
  /** {@code k1} of BM25: how soon more of the same word says no more. */
  private static final double SATURATION = 1.2;

  /** {@code b} of BM25: how much a long block must have to say more. */
  private static final double LENGTH = 0.75;

  private static final int MOST_SAMPLED = 512;

  /** So many of the words in common are named. */
  private static final int WORDS_TOLD = 4;

  private final BlockTable table;
  private final WordSet words;
  private final double[] rarity;
  private final double averageLength;

  WordLikeness(BlockTable table, WordSet words) {
    this.table = table;
    this.words = words;
    int[] blocksOf = new int[words.size()];
    int step = 1 + table.blocks() / MOST_SAMPLED;
    int sampled = 0;
    long lengths = 0;
    for (int block = step / 2; block < table.blocks(); block += step) {
      int[] counts = counts(block);
      for (int word = 0; word < counts.length; word++) {
        blocksOf[word] += counts[word] > 0 ? 1 : 0;
      }
      lengths += length(block);
      sampled++;
    }
    double all = sampled;
    averageLength = lengths / Math.max(1, all);
    rarity =
        Arrays.stream(blocksOf).mapToDouble(n -> Math.log1p((all - n + 0.5) / (n + 0.5))).toArray();
  }

  /** The score of BM25: 0 for no word in common. */
  double of(int block) {
    int[] counts = counts(block);
    double norm = SATURATION * (1 - LENGTH + LENGTH * length(block) / averageLength);
    double score = 0;
    for (int word = 0; word < counts.length; word++) {
      score += rarity[word] * counts[word] * (SATURATION + 1) / (counts[word] + norm);
    }
    return score;
  }

  /** The words in common that fewest blocks have. */
  String shared(int block) {
    int[] counts = counts(block);
    return IntStream.range(0, counts.length)
        .filter(word -> counts[word] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(word -> -rarity[word]))
        .limit(WORDS_TOLD)
        .map(words::word)
        .collect(Collectors.joining(", "));
  }

  /** How many texts of a block have each word. */
  private int[] counts(int block) {
    int[] counts = new int[words.size()];
    count(table.texts.find(words, table.owner[block], true), counts);
    count(table.texts.find(words, table.name[block], false), counts);
    count(table.texts.find(words, table.signature[block], false), counts);
    count(table.texts.find(words, table.doc[block], false), counts);
    for (int m = table.blockMentions[block]; m < table.blockMentions[block + 1]; m++) {
      count(table.texts.find(words, table.mentionText[m], false), counts);
    }
    return counts;
  }

  private static void count(long found, int[] counts) {
    for (long rest = found; rest != 0; rest &= rest - 1) {
      counts[Long.numberOfTrailingZeros(rest)]++;
    }
  }

  /** How many texts a block has; a doc comment counts as several. */
  private int length(int block) {
    int mentions = table.blockMentions[block + 1] - table.blockMentions[block];
    return mentions + (table.doc[block] == 0 ? 4 : 8);
  }
}
