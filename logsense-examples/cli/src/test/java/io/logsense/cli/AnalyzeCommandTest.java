package io.logsense.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzeCommandTest {
  @TempDir Path folder;

  private Run analyze(String... more) {
    String[] args = new String[more.length + 1];
    args[0] = "analyze";
    System.arraycopy(more, 0, args, 1, more.length);
    return Run.of(folder.resolve("home"), args);
  }

  private static byte[] packedSample() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      Files.copy(Path.of(Run.sample()), out);
    }
    return packed.toByteArray();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void jsonHasTheFieldsOfTheContract() throws IOException {
    Run run = analyze("--json", Run.sample());

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json();
    assertThat(names(json)).startsWith("records", "events", "deadLetters", "groups", "findings");
    for (JsonNode group : json.get("groups")) {
      assertThat(names(group))
          .startsWith(
              "id",
              "kind",
              "count",
              "firstSeen",
              "lastSeen",
              "severity",
              "title",
              "template",
              "fingerprint",
              "services",
              "new",
              "sparkline",
              "example");
      assertThat(group.get("kind").asText()).isIn("exception", "message");
      assertThat(group.get("sparkline")).hasSize(24);
      assertThat(group.get("example").asText()).isNotEmpty();
      if (group.get("kind").asText().equals("exception")) {
        assertThat(names(group.get("fingerprint"))).containsExactly("strict", "site", "root");
      }
    }
  }

  @Test
  void countsAddUpToTheRecordsOfTheSample() throws IOException {
    JsonNode json = analyze("--json", Run.sample()).json();

    assertThat(json.get("records").asLong()).isEqualTo(2948);
    long events = 0;
    for (JsonNode group : json.get("groups")) {
      long trend = 0;
      for (JsonNode count : group.get("sparkline")) {
        trend += count.asLong();
      }
      assertThat(trend).isEqualTo(group.get("count").asLong());
      events += trend;
    }
    assertThat(events).isEqualTo(json.get("events").asLong());
    assertThat(json.get("events").asLong() + json.get("deadLetters").asLong()).isEqualTo(2948);
  }

  @Test
  void theBytesAreTheSameForAnyNumberOfThreads() throws IOException {
    Path csv = folder.resolve("a.csv");
    List<String> reports =
        List.of("1", "2", "8").stream()
            .map(n -> analyze("--json", "--threads", n, "--assignments", csv + n, Run.sample()))
            .map(Run::out)
            .toList();

    assertThat(reports.get(0)).isNotEmpty().isEqualTo(reports.get(1)).isEqualTo(reports.get(2));
    assertThat(Files.readString(Path.of(csv + "1")))
        .isEqualTo(Files.readString(Path.of(csv + "2")))
        .isEqualTo(Files.readString(Path.of(csv + "8")));
  }

  @Test
  void assignmentsNameARecordsLinesGroupAndParameters() throws IOException {
    String log =
        file(
            "a.log",
            """
            2026-11-20T10:00:00.000Z  INFO 1 --- [main] com.shop.A : took 17 ms, "quoted"
            2026-11-20T10:00:01.000Z ERROR 1 --- [main] com.shop.A : failed
            java.lang.IllegalStateException: no
            \tat com.shop.A.run(A.java:7)
            2026-11-20T10:00:02.000Z  INFO 1 --- [main] com.shop.A : took 18 ms, "quoted"
            """);
    Path csv = folder.resolve("a.csv");

    Run run = analyze("--assignments", csv.toString(), log);

    assertThat(run.code()).isZero();
    List<List<String>> rows = Csv.rows(Files.readString(csv));
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0))
        .containsExactly("record", "line", "lines", "group", "template", "parameters");
    assertThat(rows.get(1)).startsWith("1", "1", "1");
    assertThat(rows.get(2)).startsWith("2", "2", "3");
    assertThat(rows.get(3)).startsWith("3", "5", "1");
    assertThat(rows.get(1).get(3)).isEqualTo(rows.get(3).get(3)).isNotEqualTo(rows.get(2).get(3));
    JsonNode parameters = new ObjectMapper().readTree(rows.get(3).get(5));
    assertThat(parameters.get(0).get("value").asText()).contains("18");
    assertThat(names(parameters.get(0))).containsExactly("name", "type", "value");
  }

  @Test
  void theTableNamesRootCausesAndWhatToDoNext() {
    Run run = analyze("--top", "4", Run.sample());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("2,948 records")
        .contains("NEW ConcurrentModificationException")
        .contains("NullPointerException")
        .contains("LoyaltyPoints.credit(LoyaltyPoints.java:")
        .contains("more: --top")
        .contains("logsense explain ");
    assertThat(run.out().lines()).allMatch(line -> Printable.width(line) <= 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "80", "120", "200"})
  void noLineIsLongerThanTheTerminalIsWide(String columns) {
    Run run =
        new Run.Terminal(folder).set("COLUMNS", columns).run("analyze", "--no-state", Run.sample());

    assertThat(run.out().lines())
        .allMatch(line -> Printable.width(line) <= Integer.parseInt(columns));
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    Run.Terminal plain = new Run.Terminal(folder);
    Run.Terminal terminal = new Run.Terminal(folder).interactive();
    Run.Terminal refusing = new Run.Terminal(folder).interactive().set("NO_COLOR", "1");

    assertThat(plain.run("analyze", Run.sample()).out()).doesNotContain("\u001b");
    assertThat(terminal.run("analyze", Run.sample()).out()).contains("\u001b[31m");
    assertThat(refusing.run("analyze", Run.sample()).out()).doesNotContain("\u001b");
  }

  @Test
  void escapeSequencesInALogDoNotReachTheTerminal() throws IOException {
    String log =
        file("a.log", "2026-11-20T10:00:00Z ERROR [main] com.shop.A - \u001b[2J\u202egnp.exe\n");

    Run run = new Run.Terminal(folder).interactive().run("analyze", log);

    assertThat(run.out()).contains("gnp.exe").doesNotContain("\u001b[2J").doesNotContain("\u202e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24", "h", "-1h", "1w", "1.5h", "", "24H", "1h30m", " 1h"})
  void anAgeThatIsNoneIsAUsageError(String age) {
    Run run = analyze("--since", age, Run.sample());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--since");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600s", "60m", "1h"})
  void sinceCountsBackFromTheNewestEvent(String age) throws IOException {
    JsonNode json = analyze("--json", "--since", age, Run.sample()).json();

    assertThat(json.get("events").asLong()).isBetween(1000L, 2000L);
    for (JsonNode group : json.get("groups")) {
      assertThat(group.get("firstSeen").asText()).isGreaterThanOrEqualTo("2026-11-20T10:59");
    }
  }

  @Test
  void anAgeBeyondTheLogTakesAllOfIt() throws IOException {
    JsonNode json = analyze("--json", "--since", "999999999d", Run.sample()).json();

    assertThat(json.get("events").asLong()).isEqualTo(2948);
  }

  @Test
  void failOnSaysWhetherThereAreProblems() throws IOException {
    String calm = file("calm.log", "2026-11-20T10:00:00Z INFO [main] com.shop.A - all is well\n");

    assertThat(analyze("--fail-on", "any", Run.sample()).code()).isEqualTo(1);
    assertThat(analyze("--fail-on", "new", Run.sample()).code()).isEqualTo(1);
    assertThat(analyze("--fail-on", "any", calm).code()).isZero();
    assertThat(analyze("--fail-on", "new", calm).code()).isZero();
  }

  @Test
  void whatAnEarlierRunHadIsNotNew() throws IOException {
    String saved = folder.resolve("earlier.jsonl").toString();
    assertThat(analyze("--save", saved, Run.sample()).code()).isZero();

    Run again = analyze("--previous", saved, "--fail-on", "new", Run.sample());
    String other =
        file(
            "other.log",
            """
            2026-11-20T10:00:00.000Z ERROR 1 --- [main] com.shop.A : failed
            java.lang.ArithmeticException: / by zero
            \tat com.shop.A.run(A.java:7)
            """);
    Run changed = analyze("--previous", saved, "--fail-on", "new", Run.sample(), other);

    assertThat(again.code()).isZero();
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out()).contains("(1 new)").contains("NEW ArithmeticException");
  }

  @Test
  void aProblemThatSuddenlyHasFarMoreEventsIsASpike() throws IOException {
    StringBuilder steady = new StringBuilder();
    for (int minute = 0; minute < 120; minute++) {
      for (int i = 0; i < 2; i++) {
        steady.append(
            "2026-11-20T%02d:%02d:%02d.000Z ERROR 1 --- [main] com.shop.Pay : card refused%n"
                .formatted(10 + minute / 60, minute % 60, i));
      }
    }
    String more = "2026-11-20T12:00:07.000Z ERROR 1 --- [main] com.shop.Pay : card refused\n";

    Run calm = analyze("--fail-on", "spike", file("steady.log", steady.toString()));
    Run spike =
        analyze("--json", "--fail-on", "spike", file("spike.log", steady + more.repeat(90)));

    assertThat(calm.code()).isZero();
    assertThat(spike.code()).isEqualTo(1);
    assertThat(spike.out())
        .contains("{\"kind\":\"spike\"", "\"time\":\"2026-11-20T12:00:00Z\"", "\"observed\":90");
  }

  @Test
  void wrongUseIsExitCodeTwo() {
    assertThat(Run.of(folder).code()).isEqualTo(2);
    assertThat(Run.of(folder, "analyse").code()).isEqualTo(2);
    assertThat(analyze().code()).isEqualTo(2);
    assertThat(analyze("--nonsense", Run.sample()).code()).isEqualTo(2);
    assertThat(analyze("--threads", "0", Run.sample()).code()).isEqualTo(2);
    assertThat(analyze("--top", "0", Run.sample()).code()).isEqualTo(2);
    assertThat(analyze("kafka://broker/topic").err()).contains("no source for 'kafka'");
    assertThat(analyze("kafka://broker/topic").code()).isEqualTo(2);
  }

  @Test
  void anInputThatCannotBeReadIsExitCodeThree() throws IOException {
    Files.write(folder.resolve("image.bin"), new byte[] {1, 0, 2, 0});
    Files.createDirectory(folder.resolve("empty"));

    Run missing = analyze(folder.resolve("missing.log").toString());
    Run binary = analyze(folder.resolve("image.bin").toString());
    Run empty = analyze(folder.resolve("empty").toString());
    Run noMatch = analyze(folder.resolve("*.none").toString());
    Run report = analyze("--html", folder.resolve("no/such/dir.html").toString(), Run.sample());

    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.err()).contains("missing.log: no such file or directory");
    assertThat(binary.code()).isEqualTo(3);
    assertThat(binary.err()).contains("looks binary");
    assertThat(empty.code()).isEqualTo(3);
    assertThat(empty.err()).contains("directory is empty");
    assertThat(noMatch.code()).isEqualTo(3);
    assertThat(noMatch.err()).contains("*.none: no file matches");
    assertThat(report.code()).isEqualTo(3);
    assertThat(List.of(missing, binary, empty, noMatch)).allMatch(run -> run.out().isEmpty());
  }

  @Test
  void whatCouldNotBeReadToItsEndIsSaid() throws IOException {
    Path cut = Files.write(folder.resolve("cut.log.gz"), Arrays.copyOf(packedSample(), 3000));
    Path broken = Files.write(folder.resolve("broken.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 9});
    Run some = analyze("--json", cut.toString());
    Run none = analyze("--json", broken.toString());

    assertThat(some.code()).isEqualTo(3);
    assertThat(some.json().get("events").asLong()).isPositive();
    assertThat(some.err()).contains("cut.log.gz: cannot be read");
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("broken.gz: cannot be read");
    assertThat(none.out()).isEmpty();
  }

  @Test
  void recordsThatAreNoTextAreCountedAloud() throws IOException {
    String noise = "\u0001\u0002\u0003\n".repeat(3);
    Run some = analyze(file("some.log", "2026-05-01 10:00:00 ERROR a b\n".repeat(99) + noise));
    Run none = analyze(file("none.log", "\u0000".repeat(5000) + "\n"));

    assertThat(some.code()).isZero();
    assertThat(some.err()).contains("1 record left out").contains("some.log:99: binary data");
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("binary data, not text");
  }

  @Test
  void aBinaryFileInADirectoryIsNamedAndLeftOut() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.copy(Path.of(Run.sample()), logs.resolve("shop.log"));
    byte[] picture = new byte[1000];
    Arrays.fill(picture, (byte) 3);
    Files.write(logs.resolve("picture.bin"), picture);
    Run run = analyze(logs.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("picture.bin does not hold text");
  }

  @Test
  void aLogWithAHoleOfNulsIsRead() throws IOException {
    String log = file("hole.log", "\0".repeat(5000) + "\n2026-05-01 10:00:00 ERROR a b\n");

    assertThat(analyze("--json", log).json().get("events").asLong()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:///a b", "file://host/a.log"})
  void whatNamesNoInputIsAUsageError(String input) {
    Run run = analyze(input);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Try 'logsense analyze --help'");
  }

  @Test
  void anEmptyFileIsNoFailure() throws IOException {
    String log = file("empty.log", "");

    Run table = analyze(log);
    Run json = analyze("--json", log);

    assertThat(table.code()).isZero();
    assertThat(table.err()).contains("nothing to analyse");
    assertThat(json.json().get("records").asLong()).isZero();
    assertThat(json.json().get("groups")).isEmpty();
  }

  @Test
  void aCompressedLogIsReadLikeThePlainOne() throws IOException {
    Path packed = Files.write(folder.resolve("shop.log.gz"), packedSample());

    JsonNode plain = analyze("--json", Run.sample()).json();
    JsonNode unpacked = analyze("--json", packed.toString()).json();

    assertThat(unpacked.get("groups")).isEqualTo(plain.get("groups"));
  }

  @Test
  void nothingIsKeptWhenAskedNotTo() {
    analyze("--no-state", Run.sample());

    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void personalDataIsMaskedEverywhere() throws IOException {
    Path html = folder.resolve("r.html");
    Path csv = folder.resolve("a.csv");
    Run run =
        analyze("--json", "--html", html.toString(), "--assignments", csv.toString(), Run.sample());

    assertThat(Files.readString(Path.of(Run.sample()), UTF_8)).contains("@example.com");
    assertThat(run.out()).doesNotContain("@example.com").contains("<EMAIL_REDACTED>");
    assertThat(Files.readString(html)).doesNotContain("@example.com");
    assertThat(Files.readString(csv)).doesNotContain("@example.com");
  }

  static List<String> names(JsonNode object) {
    List<String> names = new java.util.ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
