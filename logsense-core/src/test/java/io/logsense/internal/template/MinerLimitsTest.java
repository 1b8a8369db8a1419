package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.api.template.Template;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
