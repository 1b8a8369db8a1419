package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.EventQuery;
import io.logsense.api.template.TemplateMiner;
import io.logsense.testkit.InMemoryLogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
  private static final Subject JANE = Subject.of("Xanthippe Roe");

  @TempDir private Path directory;

  private static LogEvent event(String message) {
    return LogEvent.builder().message(message).service("shop").build();
  }

  @Test
  void whatCannotForgetOrFailsIsReportedAndTheOthersForget() {
    InMemoryLogStore store = new InMemoryLogStore();
    Purgeable failing =
        new Purgeable() {
          @Override
          public long mentions(Subject subject) {
            return 1;
          }

          @Override
          public long purge(Subject subject) {
            throw new LogSenseException(Category.EXTERNAL, "disk of " + JANE.identifier());
          }
        };
    Purge.Report report =
        Purge.builder()
            .layer("a", new Object())
            .layer("b", failing)
            .layer("c", store)
            .build()
            .run(JANE);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.outcomes()).extracting(Purge.Outcome::layer).containsExactly("a", "b", "c");
    assertThat(report.outcomes().get(0).problem()).contains("Object cannot forget");
    assertThat(report.outcomes().get(1).problem()).isEqualTo("disk of " + Subject.REDACTED);
    assertThat(report.outcomes().get(2).problem()).isEmpty();
  }

  @Test
  void whatCameMeanwhileIsReported() {
    Purgeable growing =
        new Purgeable() {
          @Override
          public long mentions(Subject subject) {
            return 2;
          }

          @Override
          public long purge(Subject subject) {
            return 5;
          }
        };
    Purge purge = Purge.builder().layer("a", growing).build();

    assertThat(purge.run(JANE).outcomes().get(0).problem()).contains("2 items that came meanwhile");
    assertThat(purge.run(JANE).items()).isEqualTo(5);
    assertThat(purge.preview(JANE).isComplete()).isTrue();
    assertThatThrownBy(() -> Purge.builder().layer("a", growing).layer("a", growing))
        .hasMessageContaining("two layers");
  }

  @Test
  void aRunningEngineForgetsInItsGroupsTemplatesAndQueueAndCountsOn() {
    InMemoryLogStore store = new InMemoryLogStore();
    TemplateMiner miner = TemplateMiners.bySignature();
    try (LogSense sense =
        LogSense.builder().masker(text -> text).templateMiner(miner).store(store).build()) {
      String id = sense.accept(event("cart of Xanthippe Roe is gone"));
      sense.accept(event("cart of Xanthippe Roe is gone"));
      sense.accept(event("all is well"));
      sense.accept(LogEvent.builder().message("all is well").service("of xanthippe roe").build());
      assertThat(sense.mentions(JANE)).isPositive();

      assertThat(sense.purge(JANE)).isPositive();

      assertThat(sense.mentions(JANE)).isZero();
      assertThat(JANE.isIn(miner.snapshot())).isFalse();
      Analysis analysis = sense.snapshot();
      assertThat(analysis.events()).isEqualTo(4);
      Group group =
          analysis.groups().stream().filter(g -> g.id().equals(id)).findFirst().orElseThrow();
      assertThat(group.count()).isEqualTo(2);
      assertThat(group.template()).isEqualTo("cart of <*> is gone");
      assertThat(group.examples())
          .extracting(LogEvent::message)
          .containsExactly("cart of " + Subject.REDACTED + " is gone");
      assertThat(sense.accept(event("cart of Quintus Low is gone"))).isNotEmpty();
      store.purge(JANE);
    }
    assertThat(store.find(EventQuery.all()))
        .extracting(stored -> stored.event().message())
        .containsExactlyInAnyOrder("all is well", "cart of Quintus Low is gone");
  }

  @Test
  void anotherExampleTakesThePlaceOfTheRepresentative() {
    try (LogSense sense = LogSense.builder().masker(text -> text).build()) {
      sense.accept(event("user 17 of Xanthippe Roe's shop came"));
      sense.accept(LogEvent.builder().message("took 1 s").thread("xanthippe roe").build());
      String id = sense.accept(event("took 2 s"));

      sense.purge(JANE);

      assertThat(sense.snapshot().groups())
          .filteredOn(group -> group.id().equals(id))
          .singleElement()
          .satisfies(group -> assertThat(group.representative().message()).isEqualTo("took 2 s"))
          .satisfies(group -> assertThat(group.count()).isEqualTo(2));
    }
  }

  @Test
  void whatASnapshotHandsOnIsHandedOnBeforeAPurgeBegins() {
    AtomicReference<LogSense> engine = new AtomicReference<>();
    Thread purging = new Thread(() -> engine.get().purge(JANE));
    WordsEmbedder words = new WordsEmbedder("words");
    Embedder slow =
        new Embedder() {
          @Override
          public ModelCard model() {
            return words.model();
          }

          @Override
          public float[][] embed(List<String> texts) {
            purging.start();
            while (purging.getState() == Thread.State.RUNNABLE) {
              Thread.onSpinWait();
            }
            assertThat(purging.getState()).isEqualTo(Thread.State.WAITING);
            return words.embed(texts);
          }
        };
    try (Clusters clusters = Clusters.builder().embedder(slow).open();
        LogSense sense = LogSense.builder().masker(text -> text).clusters(clusters).build()) {
      engine.set(sense);
      sense.accept(event("cart of Xanthippe Roe is gone"));

      assertThat(sense.snapshot().groups()).hasSize(1);
    }
    await().until(() -> !purging.isAlive());
  }

  @Test
  void decisionsInMemoryForgetWhoMadeThem() {
    try (Triage triage = Triage.inMemory();
        LogSense sense = LogSense.builder().build()) {
      sense.accept(event("failed"));
      Group group = sense.snapshot().groups().get(0);
      triage.resolve(group, "Xanthippe Roe", "as Xanthippe Roe said");

      assertThat(triage.mentions(JANE)).isEqualTo(1);
      assertThat(triage.purge(JANE)).isEqualTo(1);

      assertThat(triage.mentions(JANE)).isZero();
      assertThat(triage.history(group.id()))
          .singleElement()
          .satisfies(change -> assertThat(change.who()).isEqualTo(Subject.REDACTED));
    }
  }

  @Test
  void anotherProcessGoesOnWithAJournalThatWasWrittenAnew() throws IOException {
    try (Triage one = Triage.open(directory);
        Triage other = Triage.open(directory);
        LogSense sense = LogSense.builder().build()) {
      sense.accept(event("failed"));
      Group group = sense.snapshot().groups().get(0);
      one.resolve(group, "Xanthippe Roe", "");
      other.refresh();
      one.purge(JANE);

      other.reopen(group, "bob", "");
      one.resolve(group, "carol", "");
      assertThat(other.history()).isEqualTo(one.history()).hasSize(3);
      assertThat(other.history().get(0).who()).isEqualTo(Subject.REDACTED);
    }
    try (Triage again = Triage.open(directory)) {
      assertThat(again.history()).hasSize(3);
      assertThat(again.mentions(JANE)).isZero();
    }
    assertThat(JANE.isIn(Files.readAllBytes(directory.resolve("triage.journal")))).isFalse();
  }

  @Test
  void whatAWriterThatDiedLeftBesideAFileGoesToo() throws IOException {
    try (Triage triage = Triage.open(directory);
        LogSense sense = LogSense.builder().build()) {
      sense.accept(event("failed"));
      triage.resolve(sense.snapshot().groups().get(0), "Xanthippe Roe", "");
      Files.writeString(directory.resolve("triage.journal.part"), "half of Xanthippe Roe");
      triage.purge(JANE);
      Files.writeString(directory.resolve("triage.journal.part"), "half of Xanthippe Roe");
      assertThat(triage.purge(JANE)).isZero();
    }
    try (var files = Files.list(directory)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        assertThat(JANE.isIn(Files.readAllBytes(file))).as("%s", file).isFalse();
      }
    }
  }
}
