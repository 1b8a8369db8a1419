package io.logsense.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.AlertPolicy;
import io.logsense.Alerts;
import io.logsense.Analysis;
import io.logsense.Clusters;
import io.logsense.DeadLetters;
import io.logsense.Embedders;
import io.logsense.EmbeddingCache;
import io.logsense.GroupStores;
import io.logsense.LogSense;
import io.logsense.Purge;
import io.logsense.Sources;
import io.logsense.TemplateMiners;
import io.logsense.Triage;
import io.logsense.VectorStores;
import io.logsense.analysis.FeedbackBook;
import io.logsense.analysis.GuardedModel;
import io.logsense.analysis.ModelAnalyzer;
import io.logsense.analysis.PromptLog;
import io.logsense.analysis.ReportCache;
import io.logsense.api.analysis.Feedback;
import io.logsense.api.analysis.Feedback.Verdict;
import io.logsense.api.analysis.Incident;
import io.logsense.api.cluster.Cluster;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Check.Relation;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Archive;
import io.logsense.api.source.ArchivedSource;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.store.EventQuery;
import io.logsense.api.template.TemplateMiner;
import io.logsense.api.triage.Until;
import io.logsense.api.vector.LocalVectorStore;
import io.logsense.api.vector.VectorEntry;
import io.logsense.duckdb.DuckDbStore;
import io.logsense.testkit.RecordingNotifier;
import io.logsense.testkit.ScriptedLanguageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is forgotten in all files at once; every byte of them is looked at. */
class PurgeTest {
  /** Names that masking does not know. */
  private static final String JANE = "Xanthippe.Roe";

  private static final String OTHER = "Quintus.Low";

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  /** What keeps hashes and numbers alone, so that nobody is in it before. */
  private static final List<String> NAMELESS =
      List.of("baselines", "embeddings", "clusters/vectors.snapshot");

  @TempDir private Path directory;

  private Path kept(String name) {
    return directory.resolve("kept").resolve(name);
  }

  /** Everything that can keep something, in files. */
  private final class Layers implements AutoCloseable {
    final DuckDbStore events = DuckDbStore.open(kept("events.duckdb"));
    final TemplateMiner miner = TemplateMiners.bySignature();
    final EmbeddingCache embeddings = EmbeddingCache.builder(Embedders.hashed()).build();
    final Clusters clusters =
        Clusters.builder().embedder(embeddings).directory(kept("clusters")).clock(CLOCK).open();
    final Triage triage = Triage.open(kept("triage"), CLOCK);
    final Alerts alerts =
        Alerts.open(kept("alerts"), AlertPolicy.defaults(), new RecordingNotifier("pager"));
    final LocalVectorStore vectors = VectorStores.hnsw("m", 2);
    final DocumentFolder documents = new DocumentFolder(kept("documents"));
    final DeadLetterSink deadLetters;
    final Archive archive = Archive.directory(kept("archive"));

    Layers() throws IOException {
      deadLetters = DeadLetters.file(kept("dead.jsonl"));
      if (Files.exists(kept("miner"))) {
        miner.merge(Files.readAllBytes(kept("miner")));
        VectorStores.load(vectors, kept("vectors"));
      }
      int unused = embeddings.load(kept("embeddings"));
    }

    Purge purge() {
      return Purge.builder()
          .layer("groups", GroupStores.file(kept("groups")))
          .layer("miner", miner, this::saveMiner)
          .layer("events", events)
          .layer("embeddings", embeddings, () -> embeddings.save(kept("embeddings")))
          .layer("clusters", clusters)
          .layer("triage", triage)
          .layer("alerts", alerts)
          .layer("vectors", vectors, () -> VectorStores.save(vectors, kept("vectors")))
          .layer("documents", documents)
          .layer("dead letters", deadLetters)
          .layer("archive", archive)
          .build();
    }

    void saveMiner() {
      try {
        Files.write(kept("miner"), miner.snapshot());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      deadLetters.close();
      alerts.close();
      triage.close();
      clusters.close();
      events.close();
    }
  }

  @Test
  void noByteOfASubjectStaysInAnyFileAndAllElseDoes() throws Exception {
    Files.createDirectories(kept("."));
    Analysis analysis;
    try (Layers layers = new Layers()) {
      analysis = analyze(layers);
    }
    List<String> names =
        Stream.of(
                "groups miner events clusters triage alerts vectors documents dead archive"
                    .split(" "))
            .toList();
    for (String name : names) {
      assertThat(filesThatName(JANE)).as("%s, before", name).anyMatch(f -> f.startsWith(name));
      assertThat(filesThatName(OTHER)).as("%s, before", name).anyMatch(f -> f.startsWith(name));
    }
    assertThat(filesThatName(JANE)).noneMatch(file -> NAMELESS.stream().anyMatch(file::startsWith));
    List<String> others = filesThatName(OTHER);

    long events;
    long left;
    List<Cluster> clusters;
    Purge.Report preview;
    try (Layers layers = new Layers()) {
      layers.clusters.add(analysis.groups());
      clusters = layers.clusters.all();
      events = layers.events.count(EventQuery.all());
      left = events - layers.events.mentions(Subject.of(JANE));
      preview = layers.purge().preview(Subject.of(JANE));
      assertThat(filesThatName(JANE)).as("after a preview").isNotEmpty();
      Purge.Report report = layers.purge().run(Subject.of(JANE.toUpperCase(Locale.ROOT)));
      assertThat(report.isComplete()).as("%s", report).isTrue();
      assertThat(report).isEqualTo(preview);
      assertThat(report.outcomes()).as("every layer had her").allMatch(o -> o.items() > 0);
      assertThat(filesThatName(JANE)).as("while all is open").isEmpty();
    }

    assertThat(filesThatName(JANE)).isEmpty();
    assertThat(filesThatName(OTHER)).containsExactlyElementsOf(others);
    try (Layers layers = new Layers()) {
      assertThat(layers.events.count(EventQuery.all())).isEqualTo(left).isLessThan(events);
      assertThat(layers.events.countByGroup(EventQuery.all()).values().stream().mapToLong(n -> n))
          .satisfies(sum -> assertThat(sum.stream().mapToLong(n -> n).sum()).isEqualTo(left));
      List<Group> groups = GroupStores.file(kept("groups")).load();
      assertThat(groups)
          .extracting(group -> group.id() + " " + group.count())
          .containsExactlyInAnyOrderElementsOf(
              analysis.groups().stream().map(group -> group.id() + " " + group.count()).toList());
      assertThat(layers.miner.templates())
          .extracting(template -> template.id() + " " + template.count())
          .containsAll(
              analysis.groups().stream()
                  .filter(group -> group.id().startsWith("tm1"))
                  .map(group -> group.id() + " " + group.count())
                  .toList());
      assertThat(layers.clusters.all())
          .extracting(Cluster::groups)
          .containsExactlyElementsOf(clusters.stream().map(Cluster::groups).toList());
      assertThat(layers.triage.history()).hasSize(2);
      assertThat(layers.vectors.size()).isEqualTo(1);
      assertThat(layers.documents.list(FeedbackBook.KIND)).hasSize(1);
      layers.clusters.add(groups);
      assertThat(layers.purge().preview(Subject.of(JANE)).outcomes())
          .filteredOn(outcome -> !outcome.layer().equals("embeddings"))
          .allMatch(outcome -> outcome.items() == 0 && outcome.problem().isEmpty());
    }
    assertThat(filesThatName(JANE)).as("after all was open again").isEmpty();
  }

  /** An analysis that leaves something of both people in every layer. */
  private Analysis analyze(Layers layers) throws Exception {
    Path log = directory.resolve("app.log");
    Files.write(log, log());
    Analysis analysis =
        LogSense.builder()
            .source(new ArchivedSource(Sources.path(log), layers.archive, CLOCK))
            .templateMiner(layers.miner)
            .clusters(layers.clusters)
            .store(layers.events)
            .baselines(kept("baselines"))
            .deadLetters(layers.deadLetters)
            .analyze();
    assertThat(analysis.deadLetters()).isEqualTo(2);
    GroupStores.file(kept("groups")).save(analysis.groups());
    layers.saveMiner();
    layers.embeddings.save(kept("embeddings"));
    layers.vectors.upsert(
        List.of(
            VectorEntry.of("a", new float[] {1, 0}, Map.of("user", JANE)),
            VectorEntry.of("b", new float[] {0, 1}, Map.of("user", OTHER))));
    VectorStores.save(layers.vectors, kept("vectors"));
    for (String who : List.of(JANE, OTHER)) {
      Group group =
          analysis.groups().stream()
              .filter(known -> known.template().contains(who))
              .findFirst()
              .orElseThrow();
      layers.triage.ignore(group, Until.parse("100 events"), "ana", "asked by " + who);
      layers.alerts.accept(
          Finding.builder(FindingKind.SPIKE, group)
              .time(1)
              .what("of " + who)
              .check(new Check("events", 1, Relation.BELOW, 2))
              .build());
      ask(layers, group, who);
    }
    return analysis;
  }

  private static byte[] log() {
    StringBuilder log = new StringBuilder();
    for (String who : List.of(JANE, OTHER)) {
      String verb = who.equals(JANE) ? "pay" : "refund";
      for (int i = 0; i < 6; i++) {
        log.append("2026-03-01 10:00:0%d,000 ERROR [main] com.shop.Checkout - ".formatted(i))
            .append("could not %s the cart of %s in time%n".formatted(verb, who))
            .append("2026-03-01 10:00:0%d,500 WARN [main] com.shop.Login - ".formatted(i))
            .append("session %s%d expired for somebody%n".formatted(who, i));
      }
      log.append("2026-03-01 10:01:00,000 ERROR [main] com.shop.Cart - failed\n")
          .append("java.lang.IllegalStateException: no cart of ")
          .append(who)
          .append("\n\tat com.shop.Cart.%s(Cart.java:10)\n".formatted(verb))
          .append("\tat com.shop.Main.main(Main.java:5)\n")
          .append("2026-03-01 10:01:01,000 INFO [main] com.shop.Cart - next\n")
          .append("\0\1\2\3\0\0\0\0\0\0\0 of ")
          .append(who)
          .append(" \0\0\0\0\0\0\0\n")
          .append("2026-03-01 10:01:02,000 INFO [main] com.shop.Cart - next\n");
    }
    return log.toString().getBytes(ISO_8859_1);
  }

  /** A prompt, a report in the cache, and feedback, all with the name in them. */
  private static void ask(Layers layers, Group group, String who) throws Exception {
    Incident incident = Incident.of(group).build();
    GuardedModel model =
        GuardedModel.builder(ScriptedLanguageModel.answering(answer(incident, who)), text -> text)
            .log(new PromptLog(layers.documents))
            .clock(CLOCK)
            .build();
    ReportCache reports = new ReportCache(layers.documents);
    var unused = ModelAnalyzer.builder(model).cache(reports).build().analyze(incident);
    assertThat(layers.documents.list(ReportCache.KIND)).anyMatch(d -> d.json().contains(who));
    assertThat(layers.documents.list(PromptLog.KIND)).anyMatch(d -> d.json().contains(who));
    FeedbackBook.open(layers.documents)
        .add(
            new Feedback(
                group.id(),
                "A.java",
                "A#a/0",
                Verdict.ACCEPTED,
                "said " + who,
                "ana",
                CLOCK.instant()));
  }

  private static String answer(Incident incident, String who) {
    return """
        {"incident_id":"%s","likely_root_cause":null,"supporting_evidence":[],
        "involved_parameters":[],"fix_suggestions":["Ask %s."],"tests_to_add":[],
        "no_root_cause_reason":"The log of %s says too little."}
        """
        .formatted(incident.id(), who, who);
  }

  @Test
  void theCommandForgetsWhatItKept() throws Exception {
    Path home = directory.resolve("kept").resolve("home");
    Path log = directory.resolve("app.log");
    Files.createDirectories(home);
    Files.write(log, log());
    String store = kept("events.duckdb").toString();
    assertThat(Run.of(home, "analyze", log.toString(), "--quiet", "--store", store).code())
        .isZero();
    List<String> before = filesThatName(JANE);
    assertThat(before).contains("events.duckdb", "home/groups.jsonl");

    Run dry = Run.of(home, "purge", JANE, "--store", store, "--dry-run", "--json");
    assertThat(dry.code()).isZero();
    assertThat(filesThatName(JANE)).isEqualTo(before);
    Run run = Run.of(home, "purge", JANE, "--store", store, "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().path("layers")).isEqualTo(dry.json().path("layers"));
    assertThat(run.json().path("items").asLong()).isPositive();
    assertThat(run.json().path("complete").asBoolean()).isTrue();
    assertThat(run.out()).doesNotContain(JANE);
    assertThat(filesThatName(JANE)).isEmpty();
    assertThat(filesThatName(OTHER)).contains("events.duckdb", "home/groups.jsonl");
    assertThat(Run.of(home, "purge", JANE, "--store", store).out()).contains("0 items purged");
  }

  @Test
  void whatIsNoSubjectOrNoStoreIsRefused() {
    assertThat(Run.of(directory, "purge", "x").code()).isEqualTo(2);
    Run missing = Run.of(directory, "purge", JANE, "--store", kept("none.duckdb").toString());
    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.err()).contains("none.duckdb");
    assertThat(kept("none.duckdb")).doesNotExist();
  }

  /** By their names below the directory of what is kept, sorted. */
  private List<String> filesThatName(String who) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve("kept"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        if (names(bytes, who) || (file.toString().endsWith(".gz") && names(unpacked(bytes), who))) {
          found.add(directory.resolve("kept").relativize(file).toString());
        }
      }
    }
    return found;
  }

  private static String unpacked(String bytes) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(bytes.getBytes(ISO_8859_1)))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  /** Plain in any case, in UTF-16, or in Base64 wherever it begins. */
  private static boolean names(String bytes, String who) {
    String lower = bytes.toLowerCase(Locale.ROOT);
    boolean found =
        lower.contains(who.toLowerCase(Locale.ROOT))
            || lower.contains(utf16(who.toLowerCase(Locale.ROOT)))
            || base64(bytes, who.getBytes(StandardCharsets.UTF_16LE))
            || base64(bytes, who.getBytes(StandardCharsets.UTF_16BE));
    return found || base64(bytes, who.getBytes(UTF_8));
  }

  private static String utf16(String text) {
    // Without the zero before the first unit this is found in either order of bytes.
    return new String(text.getBytes(StandardCharsets.UTF_16BE), ISO_8859_1).substring(1);
  }

  private static boolean base64(String bytes, byte[] who) {
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + who.length];
      System.arraycopy(who, 0, shifted, before, who.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The characters at either end depend on what stands beside.
      if (bytes.contains(base64.substring(before == 0 ? 0 : before + 1, base64.length() - 1))) {
        return true;
      }
    }
    return false;
  }
}
