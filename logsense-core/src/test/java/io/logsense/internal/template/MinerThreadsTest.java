package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.TemplateMiners;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Readers beside one thread that learns. */
final class MinerThreadsTest {
  private static final int READERS = 3;

  @Test
  void readersSeeConsistentAnswersWhileOneThreadLearns() throws Exception {
    TemplateMiner miner = TemplateMiners.bySignature(50);
    TemplateMiner alone = TemplateMiners.bySignature(50);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        int seed = reader;
        readers.add(threads.submit(() -> read(miner, new Random(seed), done)));
      }
      Random random = new Random(99);
      for (int i = 0; i < 60_000; i++) {
        String line = line(random);
        assertThat(miner.learn(line)).isEqualTo(alone.learn(line));
      }
      done.set(true);
      int matched = 0;
      for (Future<Integer> reader : readers) {
        matched += reader.get();
      }
      assertThat(matched).isPositive();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(miner.templates()).isEqualTo(alone.templates());
    assertThat(miner.snapshot()).isEqualTo(alone.snapshot());
  }

  /** Texts that come and go, so that templates widen, merge and are forgotten all the time. */
  private static String line(Random random) {
    return random.nextInt(3) > 0
        ? Corpus.line(random)
        : "gate "
            + Integer.toString(random.nextInt(40) + 200, 36).replaceAll("[0-9]", "x")
            + " closed by "
            + (char) ('a' + random.nextInt(26))
            + "x";
  }

  private static int read(TemplateMiner miner, Random random, AtomicBoolean done) {
    int matched = 0;
    do {
      String line = line(random);
      Optional<TemplateMatch> match = miner.match(line);
      if (match.isPresent()) {
        matched++;
        Template template = match.get().template();
        String[] words = template.text().split(" ");
        if (!template.text().contains("<*>")) {
          // Not always the line: one text more may be what makes a wildcard of a word.
          assertThat(line.split(" ")).hasSameSizeAs(words);
        } else if (!words[0].contains("<*>")) {
          assertThat(line).startsWith(words[0].substring(0, 1));
        }
        for (Parameter p : match.get().parameters()) {
          assertThat(line.substring(p.start())).startsWith(p.value());
        }
        assertThat(template.count()).isNotNegative();
      }
      if (random.nextInt(200) == 0) {
        assertThat(miner.templates().size()).isLessThanOrEqualTo(51);
        assertThat(miner.snapshot()).isNotEmpty();
      }
    } while (!done.get());
    return matched;
  }
}
