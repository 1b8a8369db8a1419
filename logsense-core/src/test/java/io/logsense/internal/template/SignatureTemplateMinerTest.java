package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.logsense.TemplateMiners;
import io.logsense.api.LogSenseException;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SignatureTemplateMinerTest {
  private final TemplateMiner miner = TemplateMiners.bySignature();

  @Test
  void linesThatDifferInNumbersOnlyAreOneTemplate() {
    TemplateMatch first = miner.mine("Sent 12 pages to queue 7");
    TemplateMatch second = miner.mine("Sent 40961 pages to queue 23");

    assertThat(first.created()).isTrue();
    assertThat(second.created()).isFalse();
    assertThat(second.template())
        .isEqualTo(new Template(first.template().id(), "Sent <*> pages to queue <*>", 2));
  }

  @Test
  void aSubjectIsRedactedInAllPlacesOfATemplate() {
    Subject subject = Subject.of("Xanthippe Roe");
    List<String> messages =
        List.of(
            "cart of Xanthippe Roe sold to Xanthippe Roe, is gone",
            "Xanthippe Roe: the owner Xanthippe Roe told xanthippe roe",
            "no mention of a person");
    List<String> ids = messages.stream().map(miner::learn).toList();

    assertThat(((Purgeable) miner).purge(subject)).isEqualTo(2);

    assertThat(((Purgeable) miner).mentions(subject)).isZero();
    assertThat(subject.isIn(miner.snapshot())).isFalse();
    assertThat(miner.templates())
        .containsExactlyInAnyOrder(
            new Template(ids.get(0), "cart of <*> sold to <*> is gone", 1),
            new Template(ids.get(1), "<*> the owner <*> told <*>", 1),
            new Template(ids.get(2), "no mention of a person", 1));
  }

  @Test
  void aSubjectThatReadsLikeAWildcardEndsAPurgeToo() {
    miner.learn("from 17 to <*> and on");

    assertThat(((Purgeable) miner).purge(Subject.of("<*>"))).isPositive();
  }

  @Test
  void anIdIsSixteenHexDigitsBehindTheScheme() {
    assertThat(miner.mine("ready").template().id()).matches("tm1:[0-9a-f]{16}");
    assertThat(miner.scheme()).isEqualTo("tm1");
  }

  @Test
  void anIdStaysWhenAWordBecomesAWildcard() {
    String id = miner.mine("Door opened by alice at gate north").template().id();
    for (String name : List.of("bob", "carol", "dave", "erin")) {
      miner.mine("Door opened by " + name + " at gate north");
    }

    TemplateMatch last = miner.mine("Door opened by frank at gate north");
    assertThat(last.template()).isEqualTo(new Template(id, "Door opened by <*> at gate north", 6));
  }

  @Test
  void idsOfTemplatesThatBecameOneResolveToTheOldest() {
    List<String> ids = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol", "dave")) {
      ids.add(miner.mine("Door opened by " + name + " at gate north").template().id());
    }

    assertThat(ids.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(ids).allSatisfy(id -> assertThat(miner.resolve(id)).isEqualTo(ids.get(0)));
    assertThat(miner.resolve("tm1:feedfeedfeedfeed")).isEqualTo("tm1:feedfeedfeedfeed");
  }

  @Test
  void twoStatesOfAThingAreTwoTemplates() {
    String started = miner.mine("Worker 7 started on shard 3").template().id();
    String stopped = miner.mine("Worker 7 stopped on shard 3").template().id();

    assertThat(started).isNotEqualTo(stopped);
    assertThat(miner.mine("Worker 8 stopped on shard 4").template().id()).isEqualTo(stopped);
  }

  @Test
  void listsOfAnyLengthAreOneTemplate() {
    String id = miner.mine("Rebalanced shards 1, 2, 3 of index 9").template().id();

    assertThat(miner.mine("Rebalanced shards 4, 5 of index 9").template().id()).isEqualTo(id);
    assertThat(miner.mine("Rebalanced shards 4 of index 9").template().id()).isEqualTo(id);
  }

  @Test
  void matchLearnsNothing() {
    assertThat(miner.match("Sent 12 pages to queue 7")).isEmpty();
    miner.mine("Sent 12 pages to queue 7");

    TemplateMatch match = miner.match("Sent 13 pages to queue 8").orElseThrow();
    assertThat(match.created()).isFalse();
    assertThat(match.template().count()).isEqualTo(1);
    assertThat(match.parameters()).extracting(Parameter::value).containsExactly("13", "8");
    assertThat(miner.match("Nothing like that was ever seen here")).isEmpty();
    assertThat(miner.templates()).hasSize(1);
  }

  @Test
  void learningAnswersTheIdThatMiningShows() {
    TemplateMiner twin = TemplateMiners.bySignature();
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      String line = Corpus.line(random);
      assertThat(miner.learn(line)).isEqualTo(twin.mine(line).template().id());
    }
    assertThat(miner.snapshot()).isEqualTo(twin.snapshot());
  }

  @Test
  void learningAKnownMessageAllocatesNothing() {
    Random random = new Random(4);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      lines.add(Corpus.line(random));
    }
    lines.forEach(miner::learn);
    lines.forEach(miner::learn);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < lines.size(); i++) {
      miner.learn(lines.get(i));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1000);
  }

  @Test
  void templatesComeMostFrequentFirst() {
    miner.mine("rare thing happened");
    miner.mine("Sent 1 pages");
    miner.mine("Sent 2 pages");

    assertThat(miner.templates()).extracting(Template::count).containsExactly(2L, 1L);
  }

  @Test
  void onlyTheFirstLineThatIsNotBlankCounts() {
    String id = miner.mine("Request 7 failed\n\tat a.B.c(B.java:1)").template().id();

    assertThat(miner.mine("\n  Request 8 failed\r\nmore").template().id()).isEqualTo(id);
    assertThat(miner.mine("Request 9 failed").template().id()).isEqualTo(id);
  }

  @Test
  void pastTheLimitMessagesBelongToTheCatchAll() {
    TemplateMiner small = TemplateMiners.bySignature(2);
    small.mine("first text");
    small.mine("something completely different indeed");
    TemplateMatch third = small.mine("and now a third kind of message");

    assertThat(third.template().id()).isEqualTo("tm1:0000000000000000");
    assertThat(third.template().text()).isEqualTo("<*>");
    assertThat(third.created()).isFalse();
    assertThat(small.mine("first text").template().count()).isEqualTo(2);
    assertThat(small.templates()).hasSize(3);
    assertThat(small.templates().stream().mapToLong(Template::count).sum()).isEqualTo(4);
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> TemplateMiners.bySignature(0))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE));
  }

  @Test
  void aRestoredMinerAnswersLikeTheOneItCameFrom() {
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      miner.mine(Corpus.line(random));
    }
    TemplateMiner restored = TemplateMiners.bySignature();
    restored.merge(miner.snapshot());

    assertThat(restored.templates()).isEqualTo(miner.templates());
    for (int i = 0; i < 3000; i++) {
      String line = Corpus.line(random);
      assertThat(restored.mine(line)).isEqualTo(miner.mine(line));
    }
    assertThat(restored.snapshot()).isEqualTo(miner.snapshot());
  }

  @Test
  void aDamagedSnapshotIsRefusedAndChangesNothing() {
    miner.mine("Sent 12 pages to queue 7");
    miner.mine("Door opened by alice");
    byte[] good = miner.snapshot();
    TemplateMiner other = TemplateMiners.bySignature();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      assertRefused(other, bad);
      assertRefused(other, java.util.Arrays.copyOf(good, i));
    }
    assertThat(other.templates()).isEmpty();
    other.merge(good);
    assertThat(other.templates()).isEqualTo(miner.templates());
  }

  private static void assertRefused(TemplateMiner miner, byte[] snapshot) {
    assertThatThrownBy(() -> miner.merge(snapshot))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE));
  }

  @Test
  void theOrderInWhichShardsAreMergedDoesNotMatter() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<byte[]> shards = new ArrayList<>();
      for (int shard = 0; shard < 3; shard++) {
        TemplateMiner part = TemplateMiners.bySignature();
        int lines = 20 + random.nextInt(400);
        for (int i = 0; i < lines; i++) {
          part.mine(Corpus.line(random));
        }
        shards.add(part.snapshot());
      }
      TemplateMiner left = merged(shards.get(0), shards.get(1), shards.get(2));
      TemplateMiner right = merged(shards.get(2), shards.get(0), shards.get(1));
      TemplateMiner nested = merged(shards.get(0), merged(shards.get(1), shards.get(2)).snapshot());

      assertThat(summary(right)).as("seed %d", seed).isEqualTo(summary(left));
      assertThat(summary(nested)).as("seed %d", seed).isEqualTo(summary(left));
    }
  }

  private static TemplateMiner merged(byte[]... shards) {
    TemplateMiner all = TemplateMiners.bySignature();
    for (byte[] shard : shards) {
      all.merge(shard);
    }
    return all;
  }

  private static List<String> summary(TemplateMiner miner) {
    return miner.templates().stream().map(t -> t.count() + " " + t.text()).sorted().toList();
  }

  @Test
  void idsOfEveryShardResolveAfterAMerge() {
    TemplateMiner other = TemplateMiners.bySignature();
    List<String> ids = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol", "dave")) {
      ids.add(miner.mine("Door opened by " + name + " at gate north").template().id());
    }
    for (String name : List.of("zoe", "yan", "xia", "wim")) {
      ids.add(other.mine("Door opened by " + name + " at gate north").template().id());
    }
    miner.merge(other.snapshot());

    assertThat(miner.templates())
        .containsExactly(new Template(ids.get(0), "Door opened by <*> at gate north", 8));
    assertThat(ids).allSatisfy(id -> assertThat(miner.resolve(id)).isEqualTo(ids.get(0)));
  }

  @Test
  void aMergePastTheLimitKeepsTheMostFrequentAndEveryCount() {
    TemplateMiner small = TemplateMiners.bySignature(2);
    small.mine("first text");
    small.mine("first text");
    miner.mine("something completely different indeed");
    miner.mine("something completely different indeed");
    String rare = miner.mine("and now a third kind of message").template().id();
    small.merge(miner.snapshot());

    assertThat(small.templates()).extracting(Template::count).containsExactlyInAnyOrder(2L, 2L, 1L);
    assertThat(small.resolve(rare)).isEqualTo("tm1:0000000000000000");
    TemplateMiner again = TemplateMiners.bySignature(2);
    again.merge(small.snapshot());
    assertThat(again.templates()).isEqualTo(small.templates());
    assertThat(again.resolve(rare)).isEqualTo("tm1:0000000000000000");
  }

  @Test
  void garbageGetsAnAnswer() {
    Random random = new Random(11);
    String alphabet = "ab01 {}[]()\"'\\=:;,.<>*/-_@%\t\n\r\u00e9\u4e2d\ud83d\ude00\ud800\u0000x";
    long mined = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String message = text.toString();
      for (Parameter p : miner.mine(message).parameters()) {
        assertThat(message.substring(p.start(), p.start() + p.value().length()))
            .isEqualTo(p.value());
      }
      mined++;
    }
    assertThat(miner.templates().stream().mapToLong(Template::count).sum()).isEqualTo(mined);
    TemplateMiner restored = TemplateMiners.bySignature();
    restored.merge(miner.snapshot());
    assertThat(restored.templates()).isEqualTo(miner.templates());
  }

  @Test
  void hugeLinesAreCutAndAnswered() {
    miner.mine("x".repeat(1 << 20));
    miner.mine("word ".repeat(10_000));
    miner.mine("{\"a\":".repeat(100_000));
    miner.mine("[".repeat(100_000));
    miner.mine("\"\\".repeat(100_000));
    miner.mine("=".repeat(100_000));
    miner.mine("a=\"".repeat(100_000));
    miner.mine("1.".repeat(100_000));
    miner.mine("<A".repeat(100_000));

    assertThat(miner.templates()).hasSizeBetween(2, 9);
    assertThat(miner.templates()).allSatisfy(t -> assertThat(t.text().length()).isLessThan(20_000));
  }
}
