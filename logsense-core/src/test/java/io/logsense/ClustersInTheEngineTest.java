package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackTrace;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.Fingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.store.GroupStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decided, and what a change of scheme does, on the way from lines to groups. */
class ClustersInTheEngineTest {
  /** Two callers of one helper: one group by site, two by strict fingerprint. */
  private static final String LOG =
      """
      2026-03-01 12:00:00.000 ERROR [main] com.shop.Web - order failed
      java.lang.IllegalStateException: no stock
      \tat com.shop.Stock.take(Stock.java:10)
      \tat com.shop.Order.place(Order.java:20)
      \tat com.shop.Order.submit(Order.java:30)
      \tat com.shop.Order.handle(Order.java:40)
      \tat com.shop.Web.post(Web.java:50)
      2026-03-01 12:00:01.000 ERROR [main] com.shop.Batch - order failed
      java.lang.IllegalStateException: no stock
      \tat com.shop.Stock.take(Stock.java:10)
      \tat com.shop.Order.place(Order.java:20)
      \tat com.shop.Order.submit(Order.java:30)
      \tat com.shop.Order.handle(Order.java:40)
      \tat com.shop.Batch.run(Batch.java:50)
      2026-03-01 12:00:02.000 INFO [main] com.shop.Web - order 17 placed
      """;

  @TempDir Path dir;

  private final WordsEmbedder embedder = new WordsEmbedder("words");

  private Clusters clusters() {
    return Clusters.builder().embedder(embedder).directory(dir.resolve("clusters")).open();
  }

  private static LogSense.Builder engine(String log) {
    return LogSense.builder().source(LinesSource.of(log, 7)).threads(2);
  }

  private static List<Group> exceptions(Analysis analysis) {
    return analysis.groups().stream().filter(g -> g.kind() == GroupKind.EXCEPTION).toList();
  }

  @Test
  void aStackTraceSplitFromItsGroupIsAGroupOfItsOwnFromThenOn() {
    Group before;
    try (Clusters clusters = clusters()) {
      List<Group> groups = exceptions(engine(LOG).clusters(clusters).analyze());
      before = groups.get(0);
      assertThat(groups).hasSize(1);
      assertThat(before.variants()).hasSize(2);
      Fingerprint variant = before.variants().keySet().iterator().next();

      clusters.split(List.of(variant.toString())).apply("ana", "another caller");
    }
    try (Clusters clusters = clusters()) {
      Analysis again = engine(LOG.repeat(200)).clusters(clusters).analyze();

      List<Group> groups = exceptions(again);
      assertThat(groups).hasSize(2).allMatch(group -> group.count() == 200);
      assertThat(groups).extracting(Group::id).contains(before.id());
      assertThat(clusters.of(before.id()).groups()).containsExactly(before.id());
      assertThat(again.groups().stream().mapToLong(Group::count).sum()).isEqualTo(again.events());
    }
  }

  @Test
  void aSnapshotOfALiveEngineAddsWhatIsNew() {
    try (Clusters clusters = clusters();
        LogSense sense = engine(LOG).clusters(clusters).build()) {
      sense.start();
      await().until(() -> sense.snapshot().events() == 3);

      assertThat(clusters.all()).hasSameSizeAs(sense.snapshot().groups());
      assertThat(embedder.seen()).hasSameSizeAs(clusters.all());
    }
  }

  @Test
  void onlyDistinctGroupsAreEmbedded() {
    try (Clusters clusters = clusters()) {
      Analysis analysis = engine(LOG.repeat(500)).clusters(clusters).analyze();

      assertThat(analysis.events()).isEqualTo(1500);
      assertThat(embedder.seen()).hasSameSizeAs(analysis.groups());
    }
  }

  @Test
  void aNewSchemeBesideTheOldOneMakesNoGroupNewAndKeepsDecisions() {
    GroupStore store = GroupStores.file(dir.resolve("groups.jsonl"));
    String message;
    try (Clusters clusters = clusters()) {
      Analysis old = engine(LOG).fingerprinter(new EarlierScheme()).clusters(clusters).analyze();
      store.save(old.groups());
      message = message(old);
      clusters.merge(List.of(exceptions(old).get(0).id(), message)).apply("ana", "");
    }
    try (Clusters clusters = clusters()) {
      Analysis upgraded =
          engine(LOG)
              .migrateFrom(new EarlierScheme())
              .previous(store.load())
              .clusters(clusters)
              .analyze();

      assertThat(upgraded.groups()).noneMatch(Group::isNew);
      String id = exceptions(upgraded).get(0).id();
      assertThat(id).startsWith("jf1:");
      assertThat(clusters.of(message).groups()).containsExactlyInAnyOrder(id, message);
      store.save(upgraded.groups());
    }
    Set<String> former =
        store.load().stream()
            .filter(group -> group.id().startsWith("jf1:"))
            .flatMap(group -> group.formerIds().stream())
            .collect(Collectors.toSet());
    assertThat(former).hasSize(1).allMatch(id -> id.startsWith("jf0:"));
  }

  @Test
  void withoutTheOldSchemeEveryExceptionWouldBeNew() {
    Analysis old = engine(LOG).fingerprinter(new EarlierScheme()).analyze();

    Analysis upgraded = engine(LOG).previous(old.groups()).analyze();

    assertThat(exceptions(upgraded)).allMatch(Group::isNew);
  }

  @Test
  void aStackTraceSplitFromItsGroupIsNotNewAndStaysSplitUnderANewScheme() {
    GroupStore store = GroupStores.file(dir.resolve("groups.jsonl"));
    try (Clusters clusters = clusters()) {
      Analysis old = engine(LOG).fingerprinter(new EarlierScheme()).clusters(clusters).analyze();
      store.save(old.groups());
      Fingerprint variant = exceptions(old).get(0).variants().keySet().iterator().next();
      assertThat(clusters.split(List.of(variant.toString())).effect().after())
          .anyMatch(cluster -> cluster.id().equals(variant.toString()));
      clusters.split(List.of(variant.toString())).apply("ana", "another caller");
    }
    try (Clusters clusters = clusters()) {
      List<Group> told = new ArrayList<>();
      Analysis upgraded =
          engine(LOG)
              .migrateFrom(new EarlierScheme())
              .previous(store.load())
              .onNewGroup(told::add)
              .clusters(clusters)
              .analyze();

      assertThat(exceptions(upgraded)).hasSize(2);
      assertThat(upgraded.groups()).noneMatch(Group::isNew);
      assertThat(told).isNotEmpty().noneMatch(Group::isNew);
    }
    try (Clusters clusters = clusters()) {
      assertThat(exceptions(engine(LOG).clusters(clusters).analyze())).hasSize(2);
    }
  }

  @Test
  void theGroupOfAllFurtherEventsTakesNoFormerIds() {
    Limits one = Limits.builder().groups(1).build();

    Analysis upgraded = engine(LOG).limits(one).migrateFrom(new EarlierScheme()).analyze();

    assertThat(upgraded.groups())
        .filteredOn(group -> group.id().equals(GroupTable.OTHER))
        .singleElement()
        .satisfies(group -> assertThat(group.formerIds()).isEmpty());
  }

  @Test
  void aGroupOfManyFormerOnesIsNotNewWhicheverWasKnown() {
    StringBuilder log = new StringBuilder();
    for (int caller = 0; caller < 40; caller++) {
      log.append("2026-03-01 12:00:00.000 ERROR [main] com.shop.Web - order failed\n")
          .append("java.lang.IllegalStateException: no stock\n")
          .append("\tat com.shop.Stock.take(Stock.java:10)\n")
          .append("\tat com.shop.Order.place(Order.java:20)\n")
          .append("\tat com.shop.Order.submit(Order.java:30)\n")
          .append("\tat com.shop.Order.handle(Order.java:40)\n")
          .append("\tat com.shop.Caller")
          .append((char) ('A' + caller % 26))
          .append("x".repeat(caller / 26))
          .append(".run(C.java:50)\n");
    }
    String all = log.toString();
    String last = all.substring(all.lastIndexOf("2026-03-01"));
    Analysis old = engine(last).fingerprinter(new FinerScheme()).analyze();

    Analysis upgraded = engine(all).migrateFrom(new FinerScheme()).previous(old.groups()).analyze();

    assertThat(exceptions(upgraded)).singleElement().matches(group -> !group.isNew());
  }

  /** An exception whose frames the JVM left out goes by the names of the full trace. */
  @Test
  void aBareThrowableLendsNoFormerIdToTheTraceItRepeats() {
    String full =
        """
        2026-03-01 12:00:00.000 ERROR [main] com.shop.Web - order failed
        java.lang.NullPointerException: no stock
        \tat com.shop.Stock.take(Stock.java:10)
        2026-03-01 12:00:01.000 ERROR [main] com.shop.Web - order failed
        java.lang.NullPointerException
        2026-03-01 12:00:02.000 INFO [main] com.shop.Web - order 17 placed
        """;

    Analysis upgraded = engine(full).migrateFrom(new EarlierScheme()).analyze();

    assertThat(exceptions(upgraded))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.count()).isEqualTo(2);
              assertThat(group.formerIds()).hasSize(1);
            });
  }

  private static String message(Analysis analysis) {
    return analysis.groups().stream()
        .filter(group -> group.kind() == GroupKind.MESSAGE)
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** A scheme that told apart what the one in use does not. */
  private static final class FinerScheme implements Fingerprinter {
    private final Fingerprinter present = new EarlierScheme();

    @Override
    public String scheme() {
      return "jf0";
    }

    @Override
    public StackFingerprint fingerprint(StackTrace trace) {
      StackFingerprint print = present.fingerprint(trace);
      return new StackFingerprint(
          print.exact(), print.strict(), print.strict(), print.root(), print.quality());
    }
  }

  /** The scheme in use under another name and with other numbers. */
  private static final class EarlierScheme implements Fingerprinter {
    private final Fingerprinter present = Fingerprinters.javaFrames();

    @Override
    public String scheme() {
      return "jf0";
    }

    @Override
    public StackFingerprint fingerprint(StackTrace trace) {
      StackFingerprint print = present.fingerprint(trace);
      return new StackFingerprint(
          earlier(print.exact()),
          earlier(print.strict()),
          earlier(print.site()),
          earlier(print.root()),
          print.quality());
    }

    private static Fingerprint earlier(Fingerprint print) {
      return new Fingerprint("jf0", ~print.low(), ~print.high());
    }
  }

  @Test
  void aNewGroupThatMeansWhatAnotherMeansIsNotToldAsNew() {
    List<Finding> told = new ArrayList<>();
    try (Clusters clusters = clusters();
        LogSense sense =
            LogSense.builder()
                .previous(List.of())
                .clusters(clusters)
                .onFinding(told::add)
                .build()) {
      for (String text :
          List.of(
              "connection to database refused",
              "database connection refused to",
              "mail server rejects sender")) {
        sense.accept(LogEvent.builder().severity(Severity.ERROR).message(text).build());
      }
      assertThat(sense.snapshot().groups()).hasSize(3);
    }
    assertThat(told)
        .extracting(finding -> finding.group().title())
        .containsExactly("connection to database refused", "mail server rejects sender");
    assertThat(told.get(1).checks()).hasSize(2).allMatch(Check::holds);
    assertThat(told.get(1).checks().get(1).fact()).startsWith("likeness to tm1:");
  }
}
