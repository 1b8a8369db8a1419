package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.template.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogSenseTest {
  private static final String NPE =
      """
      java.lang.NullPointerException: Cannot invoke "Item.price()" because "item" is null
      \tat com.shop.Cart.total(Cart.java:41)
      \tat com.shop.Checkout.pay(Checkout.java:17)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      """;

  @TempDir Path dir;

  @Test
  void turnsALogIntoAShortListOfProblemsWorstFirst() {
    Analysis analysis = analyze(shop(400), 100);

    assertThat(analysis.formats().get(0).format()).isNotEqualTo("plain");
    List<Group> top = analysis.top(10);
    assertThat(top.get(0).kind()).isEqualTo(GroupKind.EXCEPTION);
    assertThat(top.get(0).title()).startsWith("NullPointerException: Cannot invoke");
    assertThat(top.get(0).location()).isEqualTo("com.shop.Cart.total(Cart.java:41)");
    assertThat(top.get(0).severity()).isEqualTo(Severity.ERROR);
    assertThat(top).extracting(Group::severity).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(top).allMatch(group -> group.severity().atLeast(Severity.WARN));
  }

  @Test
  void groupCountsSumToTheEventsAndEventsPlusDeadLettersToTheRecords() {
    Analysis analysis = analyze(shop(500), 64);

    assertThat(analysis.records()).isEqualTo(500);
    assertThat(analysis.events() + analysis.deadLetters()).isEqualTo(analysis.records());
    assertThat(counted(analysis)).isEqualTo(analysis.events());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,64", "8,3", "8,100000", "3,501"})
  void threadsAndBatchSizesDoNotShowInTheResult(int threads, int batch) {
    String log = shop(3000);
    Analysis expected = analyze(log, 1000);

    List<String> assigned = new ArrayList<>();
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(log, batch))
            .threads(threads)
            .onAssignment(a -> assigned.add(a.toString()))
            .analyze();

    assertThat(facts(analysis)).isEqualTo(facts(expected));
    assertThat(assigned).hasSize((int) analysis.events());
  }

  @Test
  void personalDataNeverReachesAGroup() {
    String log =
        "2026-05-01 10:00:00,000 ERROR [main] com.shop.Mail - cannot reach jane.roe@example.org from"
            + " 10.20.30.40\n"
            + "java.lang.IllegalStateException: password=hunter2 of jane.roe@example.org\n"
            + "\tat com.shop.Mail.send(Mail.java:5)\n";
    Analysis analysis = analyze(log.repeat(3), 10);

    assertThat(facts(analysis))
        .doesNotContain("jane.roe", "hunter2", "10.20.30.40")
        .contains("<EMAIL_REDACTED>");
  }

  @Test
  void sinceKeepsWhatIsAtMostThatMuchOlderThanTheNewestEvent() {
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(shop(600), 50))
            .since(Duration.ofSeconds(100))
            .analyze();

    assertThat(analysis.events()).isEqualTo(101);
    assertThat(analysis.filtered()).isEqualTo(499);
    assertThat(counted(analysis)).isEqualTo(101);
  }

  @Test
  void theTitleOfAnExceptionShowsWhatItsMessagesHaveInCommon() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      log.append("2026-05-01 10:00:00,000 ERROR [a] com.shop.Pay - failed\n")
          .append("java.lang.IllegalStateException: order ")
          .append(i)
          .append(" is closed\n\tat com.shop.Pay.charge(Pay.java:7)\n");
    }

    assertThat(analyze(log.toString(), 10).groups())
        .extracting(Group::title)
        .containsExactly("IllegalStateException: order <*> is closed");
  }

  @Test
  void aGivenMinerFindsTheTemplates() {
    StringBuilder log = new StringBuilder();
    for (String order : List.of("ORDER-ab", "ORDER-cd-ef")) {
      log.append("2026-05-01 10:00:00,000 ERROR [main] com.shop.Cart - lost ")
          .append(order)
          .append(" again\n");
    }
    List<LogSense.Assignment> assigned = new ArrayList<>();
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(log.toString(), 10))
            .templateMiner(
                TemplateMiners.builder()
                    .variable("order", Pattern.compile("ORDER(-[a-z]+)+"))
                    .build())
            .onAssignment(assigned::add)
            .analyze();

    assertThat(analysis.groups()).singleElement().extracting(Group::count).isEqualTo(2L);
    assertThat(assigned)
        .flatExtracting(LogSense.Assignment::parameters)
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("order", "ORDER-ab"), tuple("order", "ORDER-cd-ef"));
  }

  @Test
  void sinceForeverKeepsEverything() {
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(shop(60), 50))
            .since(Duration.ofSeconds(Long.MAX_VALUE))
            .analyze();

    assertThat(analysis.events()).isEqualTo(60);
  }

  @Test
  void noNumberOfThreadsIsTooLarge() {
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(shop(300), 50))
            .threads(Integer.MAX_VALUE)
            .analyze();

    assertThat(facts(analysis)).isEqualTo(facts(analyze(shop(300), 50)));
  }

  @Test
  void aFilterDecidesWhatIsCounted() {
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(shop(300), 50))
            .filter(event -> event.severity() == Severity.WARN)
            .analyze();

    assertThat(analysis.groups()).allMatch(group -> group.severity() == Severity.WARN);
    assertThat(analysis.events()).isPositive();
  }

  @Test
  void groupsOfAnEarlierRunAreNotNew() {
    Analysis before = analyze(shop(300), 50);
    Analysis after =
        LogSense.builder()
            .source(
                LinesSource.of(
                    shop(300) + "2026-05-01 10:30:00,000 ERROR [x] com.shop.Tax - rate missing\n",
                    50))
            .previous(before.groups())
            .analyze();

    assertThat(after.groups().stream().filter(Group::isNew).map(Group::template))
        .containsExactly("rate missing");
  }

  @Test
  void binaryDataBecomesDeadLettersWithAReason() {
    byte[] noise = new byte[200];
    new Random(3).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noise[i] == '\n' ? 1 : noise[i];
    }
    Analysis analysis =
        analyze(
            List.of(
                bytes("2026-05-01 10:00:00,000 INFO  [a] b.C - one"),
                noise,
                bytes("2026-05-01 10:00:01,000 INFO  [a] b.C - two")));

    assertThat(analysis.deadLetterSamples())
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("binary"));
    assertThat(analysis.events() + analysis.deadLetters()).isEqualTo(analysis.records());
  }

  @Test
  void brokenUtf8IsReadWithReplacementCharacters() {
    byte[] line = bytes("2026-05-01 10:00:00,000 ERROR [a] b.C - caf? closed");
    line[new String(line, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xe9;
    Analysis analysis = analyze(List.of(line));

    assertThat(analysis.groups().get(0).representative().message()).isEqualTo("caf\ufffd closed");
  }

  @Test
  void aRecordLargerThanTheLimitIsCutAndMarkedNotDropped() {
    String huge = "2026-05-01 10:00:00,000 ERROR [a] b.C - " + "x".repeat(50_000);
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(huge + "\n" + shop(3), 10))
            .limits(Limits.builder().recordBytes(10_000).build())
            .analyze();

    assertThat(analysis.records()).isEqualTo(4);
    assertThat(analysis.groups())
        .anyMatch(group -> group.representative().attributes().containsKey("logsense.truncated"));
  }

  @Test
  void aSingleLineOfAHundredMegabytesIsOneTruncatedRecord() throws IOException {
    Path file = dir.resolve("huge.log");
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes(shop(2)));
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
      out.write('\n');
      out.write(bytes(shop(2)));
    }
    Analysis analysis = LogSense.analyze(file);

    assertThat(analysis.records()).isEqualTo(4);
    assertThat(counted(analysis)).isEqualTo(4);
    assertThat(analysis.groups())
        .flatExtracting(Group::examples)
        .anyMatch(event -> event.attributes().containsKey("logsense.truncated"));
  }

  @Test
  void colouredConsoleOutputIsReadLikePlainOutput() {
    String coloured = shop(100).replace("ERROR", "\u001b[31mERROR\u001b[0;39m");

    assertThat(facts(analyze(coloured, 10)).replaceAll("offset=\\d+", ""))
        .isEqualTo(facts(analyze(shop(100), 10)).replaceAll("offset=\\d+", ""));
  }

  @Test
  void coloursInsideTheLinesOfAContainerRuntimeAreTakenOut() {
    String coloured = shop(100).replace("ERROR", "\u001b[31mERROR\u001b[0;39m");

    assertThat(facts(analyze(contained(coloured), 10)).replaceAll("offset=\\d+", ""))
        .isEqualTo(facts(analyze(contained(shop(100)), 10)).replaceAll("offset=\\d+", ""));
  }

  @Test
  void linesOfAContainerRuntimeAreUnwrappedBeforeTracesAreAssembled() {
    Analysis plain = analyze(shop(100), 10);
    Analysis docker = analyze(contained(shop(100)), 10);

    assertThat(docker.formats().get(0).format()).startsWith("docker-json > ");
    assertThat(docker.groups())
        .extracting(Group::id, Group::count)
        .isEqualTo(plain.groups().stream().map(g -> tuple(g.id(), g.count())).toList());
  }

  @Test
  void aThrowableWithoutFramesIsCountedWithItsEarlierFullTrace() {
    String head = "2026-05-01 10:00:00,000 ERROR [a] com.shop.Pay - order failed\n";
    String full = head + NPE.replaceFirst(": .*", ": null");
    String bare = head + "java.lang.NullPointerException: null\n";
    Analysis analysis = analyze(full.repeat(5) + bare.repeat(7), 10);

    assertThat(analysis.groups())
        .singleElement()
        .satisfies(group -> assertThat(group.count()).isEqualTo(12))
        .satisfies(group -> assertThat(group.title()).isEqualTo("NullPointerException"));
  }

  @Test
  void anEndlessStackTraceIsOneRecordInBoundedMemory() {
    StringBuilder log = new StringBuilder(shop(2)).append("java.lang.StackOverflowError\n");
    for (int i = 0; i < 30_000; i++) {
      log.append("\tat com.shop.Loop.again(Loop.java:").append(i).append(")\n");
    }
    Analysis analysis = analyze(log + shop(2), 1000);

    assertThat(analysis.records()).isEqualTo(4);
    assertThat(counted(analysis)).isEqualTo(4);
  }

  @Test
  void aClockThatGoesBackIsReportedAsItIs() {
    String log =
        "2026-05-01 10:00:00,000 ERROR [a] b.C - late\n2026-04-01 10:00:00,000 ERROR [a] b.C - late\n"
            + "2026-05-01 10:00:01,000 ERROR [a] b.C - late\n";
    Group group = analyze(log, 10).groups().get(0);

    assertThat(group.count()).isEqualTo(3);
    assertThat(group.firstSeen()).isLessThan(group.lastSeen());
    assertThat(group.timeline().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
  }

  @Test
  void tracesOfTwoThreadsThatInterleaveLoseNoLineAndCrashNothing() {
    String head = "2026-05-01 10:00:00,000 ERROR [%s] b.C - failed\n";
    String log =
        head.formatted("t1")
            + "java.lang.IllegalStateException: a\n"
            + head.formatted("t2")
            + "java.io.IOException: b\n"
            + "\tat com.shop.A.a(A.java:1)\n\tat com.shop.B.b(B.java:1)\n"
            + head.formatted("t3");
    Analysis analysis = analyze(log, 1);

    assertThat(analysis.records()).isEqualTo(3);
    assertThat(counted(analysis)).isEqualTo(3);
  }

  @Test
  void aTruncatedGzipGivesWhatCanBeReadAndSaysWhereItEnded() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes(shop(5000)));
    }
    Path file = dir.resolve("app.log.gz");
    Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() * 3 / 4));
    Analysis analysis = LogSense.analyze(file);

    assertThat(analysis.events()).isGreaterThan(1000);
    assertThat(analysis.failures()).hasSize(1);
    assertThat(analysis.events() + analysis.deadLetters()).isEqualTo(analysis.records());
  }

  @Test
  void groupsPastTheLimitAreCountedAsOther() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      String name = "com.shop.gen" + Integer.toString(i, 26).replaceAll("[0-9]", "z") + ".Bean";
      log.append("2026-05-01 10:00:00,000 ERROR [a] b.C - failed\njava.io.IOException: x\n");
      log.append("\tat ").append(name).append(".run").append((char) ('a' + i % 26));
      log.append("(Bean.java:1)\n");
    }
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(log.toString(), 100))
            .limits(Limits.builder().groups(10).build())
            .analyze();

    assertThat(analysis.groups()).hasSizeLessThanOrEqualTo(11);
    assertThat(counted(analysis)).isEqualTo(300);
  }

  @Test
  void aListenerIsToldOfANewGroupWithItsTitle() {
    List<String> titles = new ArrayList<>();
    LogSense.builder()
        .source(LinesSource.of(shop(50), 10))
        .onNewGroup(group -> titles.add(group.title()))
        .analyze();

    assertThat(titles).hasSize(3).noneMatch(String::isBlank);
    assertThat(titles).anyMatch(title -> title.startsWith("NullPointerException: Cannot invoke"));
    assertThat(titles).anyMatch(title -> title.startsWith("order") && title.endsWith("placed"));
  }

  @Test
  void aListenerThatThrowsHurtsNobody() {
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(shop(50), 10))
            .onNewGroup(
                group -> {
                  throw new IllegalStateException("the host's own trouble");
                })
            .analyze();

    assertThat(analysis.events()).isEqualTo(50);
  }

  @Test
  void everyProblemOfAConfigurationIsReportedAtOnce() {
    assertThatThrownBy(() -> LogSense.builder().threads(0).since(Duration.ZERO).analyze())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("no source")
        .hasMessageContaining("threads is 0")
        .hasMessageContaining("since");
  }

  @Test
  void aMissingFileIsAFailureThatNamesIt() {
    assertThatThrownBy(() -> LogSense.analyze(dir.resolve("nowhere.log")))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("nowhere.log");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anEmptyInputGivesAnEmptyAnalysis(int blankLines) throws IOException {
    Path file = Files.writeString(dir.resolve("empty.log"), "\n".repeat(blankLines));
    Analysis analysis = LogSense.analyze(file);

    assertThat(analysis.records()).isZero();
    assertThat(analysis.groups()).isEmpty();
  }

  /** The lines the way a container runtime keeps them. */
  private static String contained(String log) {
    StringBuilder wrapped = new StringBuilder();
    log.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("\u001b", "\\u001b")
        .lines()
        .forEach(
            line ->
                wrapped
                    .append("{\"log\":\"")
                    .append(line)
                    .append("\\n\",\"stream\":\"stdout\",\"time\":\"2026-05-01T10:00:00Z\"}\n"));
    return wrapped.toString();
  }

  private static Analysis analyze(String log, int batch) {
    return LogSense.builder().source(LinesSource.of(log, batch)).analyze();
  }

  private static Analysis analyze(List<byte[]> lines) {
    return LogSense.builder().source(new LinesSource(lines, 10)).analyze();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long counted(Analysis analysis) {
    return analysis.groups().stream().mapToLong(Group::count).sum();
  }

  /** Everything an analysis says, as text. */
  static String facts(Analysis analysis) {
    StringBuilder out = new StringBuilder();
    out.append(analysis.records()).append(analysis.deadLetterSamples()).append(analysis.formats());
    for (Group group : analysis.groups()) {
      out.append('\n')
          .append(group.id())
          .append(group.title())
          .append(group.template())
          .append(group.location())
          .append(group.severities())
          .append(group.firstSeen())
          .append(group.lastSeen())
          .append(group.isNew())
          .append(group.timeline())
          .append(group.variants());
      for (LogEvent event : group.examples()) {
        out.append(event).append(event.position()).append(event.exception());
      }
    }
    return out.toString();
  }

  /** A log of so many records, a second apart: mostly ordinary ones, some warnings, an NPE. */
  static String shop(int records) {
    Random random = new Random(11);
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < records; i++) {
      String time = String.format("2026-05-01 10:%02d:%02d,%03d", i / 60 % 60, i % 60, 0);
      if (i % 25 == 7) {
        log.append(time).append(" ERROR [worker-").append(random.nextInt(4));
        log.append("] com.shop.Checkout - payment of order ").append(random.nextInt(9999));
        log.append(" failed\n").append(NPE);
      } else if (i % 11 == 3) {
        log.append(time).append(" WARN  [main] com.shop.Stock - only ");
        log.append(random.nextInt(5)).append(" left of item ").append(random.nextInt(100));
        log.append('\n');
      } else {
        log.append(time).append(" INFO  [main] com.shop.Order - order ");
        log.append(random.nextInt(9999)).append(" placed\n");
      }
    }
    return log.toString();
  }
}
