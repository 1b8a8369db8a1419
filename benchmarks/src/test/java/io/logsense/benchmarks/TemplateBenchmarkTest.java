package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.TemplateMiners;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMiner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the speed runs time is what they say. */
final class TemplateBenchmarkTest {
  @Test
  void theMadeUpMessagesOfThirtyKindsAreFewTemplates() {
    TemplateMiner miner = mined(Messages.mixed(5_000, 1));

    assertThat(miner.templates()).hasSizeBetween(28, 60);
  }

  @Test
  void everyMadeUpTextIsATemplate() {
    Random random = new Random(7);
    List<String> texts = MessageStreams.texts(1_000, random);
    TemplateMiner miner = mined(MessageStreams.filled(texts, 5_000, random));

    assertThat(new HashSet<>(texts)).hasSize(1_000);
    assertThat(miner.templates()).hasSizeBetween(900, 1_000);
    assertThat(miner.templates()).allSatisfy(t -> assertThat(t.count()).isGreaterThanOrEqualTo(5));
  }

  @Test
  void randomParametersLeaveTheKindsApart() {
    TemplateMiner miner = mined(MessageStreams.randomParameters(5_000, new Random(7)));

    assertThat(miner.templates()).hasSizeBetween(28, 300);
  }

  @Test
  void everyDigitOfTheMixIsAnotherOne() {
    List<String> mixed = MessageStreams.mixed(List.of("id 1234567890"), 100, new Random(7));

    assertThat(mixed).doesNotHaveDuplicates().allMatch(m -> m.matches("id [0-9]{10}"));
  }

  @Test
  void withoutDataTheMixIsMadeUp(@TempDir Path empty) throws IOException {
    assertThat(MessageStreams.ofAllSystems(empty)).hasSize(20_000);
  }

  private static TemplateMiner mined(List<String> messages) {
    TemplateMiner miner = TemplateMiners.bySignature();
    messages.forEach(miner::learn);
    assertThat(miner.templates().stream().mapToLong(Template::count).sum())
        .isEqualTo(messages.size());
    return miner;
  }
}
