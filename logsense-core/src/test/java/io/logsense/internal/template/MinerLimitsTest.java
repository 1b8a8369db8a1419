package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.Template;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory stays below its formula, and the work for a line below a bound, whatever comes. */
final class MinerLimitsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void retainedMemoryFollowsTheFormula() {
    for (int count : new int[] {1_000, 10_000}) {
      SignatureTemplateMiner miner = new SignatureTemplateMiner(count);
      List<String> texts = new ArrayList<>();
      Random random = new Random(count);
      for (int i = 0; i < count; i++) {
        texts.add(words(random, 12, 6));
      }
      long before = usedBytes();
      texts.forEach(miner::learn);
      long retained = usedBytes() - before;

      assertThat(miner.templates().size()).isGreaterThan(count * 9 / 10);
      long each = Learned.weight(12, 12 * 7);
      assertThat(retained).as("%d templates", count).isLessThan(count * each + 4_000_000);
      assertThat(each).isLessThan(Clustering.MOST_BYTES_EACH);
    }
  }

  @Test
  void aMillionFirstSightsRetainNoMoreThanTheLimit() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(500);
    Random random = new Random(1);
    long before = usedBytes();
    for (int i = 0; i < 1_000_000; i++) {
      miner.learn(words(random, 1 + random.nextInt(6), 2));
    }
    long retained = usedBytes() - before;

    assertThat(miner.templates().size()).isLessThanOrEqualTo(501);
    assertThat(miner.templates().stream().mapToLong(Template::count).sum()).isEqualTo(1_000_000);
    assertThat(retained).isLessThan(500L * (Clustering.MOST_BYTES_EACH + 2048) + 4_000_000);
  }

  @Test
  void longLinesUseUpTheRoomOfTheirTemplates() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(100);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      miner.learn(words(random, 250, 8));
    }

    assertThat(miner.templates().size()).isBetween(5, 20);
  }

  @Test
  void idsOfFormerTemplatesAreForgottenOldestFirst() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(5);
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int shard = 0; shard < 40; shard++) {
      SignatureTemplateMiner part = new SignatureTemplateMiner(5);
      for (int i = 0; i < 5; i++) {
        lines.add(words(random, 9, 6));
        ids.add(part.learn(lines.get(lines.size() - 1)));
      }
      miner.merge(part.snapshot());
    }
    List<String> live = miner.templates().stream().map(Template::id).toList();
    long known = ids.stream().filter(id -> live.contains(miner.resolve(id))).count();

    assertThat(known).isBetween(5L * (1 + Clustering.ALIASES_EACH), 5L * (1 + 4));
    assertThat(miner.resolve(ids.get(199))).isIn(live);
    assertThat(miner.templates().stream().mapToLong(Template::count).sum()).isEqualTo(200);
    for (String id : live) {
      assertThat(miner.resolve(id)).isEqualTo(id);
    }
    for (String line : lines) {
      assertThat(live).contains(miner.learn(line));
    }
    SignatureTemplateMiner restored = new SignatureTemplateMiner(5);
    restored.merge(miner.snapshot());
    assertThat(restored.templates()).isEqualTo(miner.templates());
  }

  @Test
  void unknownLinesPastTheLimitAllocateNothing() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(100);
    Random random = new Random(1);
    String[] lines = new String[20_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = words(random, 30, 2);
    }
    for (String line : lines) {
      miner.learn(line);
    }
    for (int i = 0; i < lines.length; i++) {
      lines[i] = words(random, 30, 2);
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (String line : lines) {
      miner.learn(line);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / lines.length).isLessThan(8);
  }

  @Test
  void charactersPastTheLimitAreOneMoreVariable() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(100);
    String full = "x".repeat(Line.MAX_CHARS - 1);
    String id = miner.learn(full + "yz");

    assertThat(miner.learn(full + "yabc\nmore")).isEqualTo(id);
    assertThat(miner.learn(full + "z")).isNotEqualTo(id);
    assertThat(miner.mine(full + "yzz").parameters())
        .containsExactly(new Parameter("", "", "rest", Line.MAX_CHARS));
    assertThat(miner.mine(full + "z").parameters()).isEmpty();
  }

  @Test
  void tokensPastTheLimitAreOneMoreVariable() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(100);
    String full = "some word ".repeat(MaskedLine.MAX_TOKENS / 2 - 1);
    String id = miner.learn(full + "seen a b");

    assertThat(miner.learn(full + "seen c d e f")).isEqualTo(id);
    assertThat(miner.mine(full + "seen g h i").parameters())
        .containsExactly(new Parameter("", "g h i", "rest", full.length() + 5));
    assertThat(miner.mine(full + "seen").parameters()).isEmpty();
  }

  @Test
  void aGroupHasABoundedNumberOfMembers() {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(10_000);
    String[] states = {"opened", "closed", "locked", "barred", "sealed"};
    for (int i = 0; i < 125; i++) {
      miner.learn(
          "gate of hall three was "
              + states[i % 5]
              + " and was "
              + states[i / 5 % 5]
              + " and was "
              + states[i / 25]);
    }

    assertThat(miner.templates().size()).isBetween(2, Group.MOST_MEMBERS);
    assertThat(miner.templates().stream().mapToLong(Template::count).sum()).isEqualTo(125);
  }

  @Test
  void aGroupKeepsABoundedNumberOfFounders() {
    Group group = new Group(0, 2);
    for (int number = 0; number < 3 * Group.MOST_FOUNDERS; number++) {
      Group other = new Group(number, 2);
      long[] tokens = {4L | MaskedLine.WORD, 8L * number | MaskedLine.WORD};
      for (int i = 0; i < 2; i++) {
        other.add(i, tokens[i]);
        group.add(i, tokens[i]);
      }
      other.founders.add(tokens);
      group.absorb(other);
    }

    assertThat(group.founders).hasSize(Group.MOST_FOUNDERS);
    assertThat(group.isRelated(group)).isTrue();
  }

  @Test
  void aFullSetOfSignaturesLosesTheOneThatWasNotAskedFor() {
    SignatureCache cache = new SignatureCache();
    long set = 1L << 40;
    for (int i = 1; i <= 4; i++) {
      cache.put(set * i, i);
    }
    for (int i = 5; i < 1_000; i++) {
      cache.find(set);
      cache.put(set * i, i);
    }

    assertThat(cache.find(set)).isEqualTo(1);
    assertThat(cache.find(set * 999)).isEqualTo(999);
    assertThat(cache.find(set * 998)).isEqualTo(-1);
    int kept = 0;
    for (int i = 0; i < SignatureCache.ENTRIES; i++) {
      kept += cache.numberAt(i) >= 0 ? 1 : 0;
    }
    assertThat(kept).isEqualTo(4);
  }

  /** Names that end in digits count as written at most twice in a line. */
  @Test
  void namesWithDigitsMakeABoundedNumberOfSignatures() {
    FoldedSignature folded = new FoldedSignature();
    Set<Long> signatures = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String line =
          "eth" + i % 10 + " eth" + i / 10 % 10 + " eth" + i / 100 % 10 + " eth" + i / 1000;
      signatures.add(folded.of(line.toCharArray(), line.length()));
    }

    assertThat(signatures).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word ", "x", "7", "1.", "{\"a\":", "\"", "[", ";", "a=", "<A", "k=\"v ", ":", "'a':1,"
      })
  void fourTimesTheLineCostsAtMostFourTimesTheMemory(String unit) {
    learnOnce(unit, 1_900);
    learnOnce(unit, 7_600);
    long small = learnOnce(unit, 1_900);
    long large = learnOnce(unit, 7_600);

    assertThat(large).as(unit).isLessThan(4 * small + 20_000);
    assertThat(learnOnce(unit, 1 << 20)).as(unit).isLessThan(5 * small + 20_000);
  }

  /** Bytes allocated to learn {@code length} characters of {@code unit} and find its parameters. */
  private static long learnOnce(String unit, int length) {
    SignatureTemplateMiner miner = new SignatureTemplateMiner(10);
    String line = unit.repeat(length / unit.length());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    miner.mine(line).parameters().size();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void aLookUpComparesABoundedNumberOfGroups() {
    GroupIndex index = new GroupIndex();
    List<Group> groups = new ArrayList<>();
    for (int number = 0; number < 5_000; number++) {
      long[] tokens = {4 * 7, 4 * 9, 4L * (number + 100), 4L * (number + 10_000)};
      Group group = new Group(number, 4);
      for (int i = 0; i < 4; i++) {
        group.add(i, tokens[i] | MaskedLine.WORD);
      }
      group.founders.add(tokens);
      groups.add(group);
      index.add(group);
    }
    long[] line = {4 * 7 | 2, 4 * 9 | 2, 1 << 20 | 2, 1 << 21 | 2};

    assertThat(index.nearest(groups, line, 4)).isNull();
    assertThat(index.compared()).isLessThanOrEqualTo(GroupIndex.MOST_COMPARED);
  }

  private static String words(Random random, int count, int letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count * (letters + 1) - 1; i++) {
      text.append(i % (letters + 1) == letters ? ' ' : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
