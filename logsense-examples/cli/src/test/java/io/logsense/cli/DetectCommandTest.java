package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
  private static final long START = 1_700_000_000;

  @TempDir Path folder;

  /** Three quiet days in minutes, with 400 at minute 4000. */
  private static String series(int rows) {
    StringBuilder text = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < rows; i++) {
      double value = i == 4000 ? 400 : 50 + i * 37 % 11 + 0.5;
      text.append(Instant.ofEpochSecond(START + i * 60L)).append(',').append(value).append('\n');
    }
    return text.toString();
  }

  private List<List<String>> detect(String text, String... options) {
    Run run = run(text, options);
    assertThat(run.code()).as(run.err()).isZero();
    return Csv.rows(run.out());
  }

  private Run run(String text, String... options) {
    String[] line = new String[options.length + 2];
    line[0] = "detect";
    line[1] = "-";
    System.arraycopy(options, 0, line, 2, options.length);
    return new Run.Terminal(folder).type(text).run(line);
  }

  @Test
  void eachRowHasItsScoreAndTheSpikeIsAFinding() {
    List<List<String>> rows = detect(series(4100));

    assertThat(rows).hasSize(4101);
    assertThat(rows.get(0)).containsExactly("timestamp", "value", "score", "finding");
    assertThat(rows.get(4001).get(0)).isEqualTo(Instant.ofEpochSecond(START + 240_000).toString());
    assertThat(rows.get(4001).get(1)).isEqualTo("400.0");
    assertThat(rows.get(4001).get(3)).isEqualTo("spike");
    assertThat(rows.subList(1, 4001)).allMatch(row -> row.get(3).isEmpty());
    for (List<String> row : rows.subList(1, rows.size())) {
      assertThat(Double.parseDouble(row.get(2))).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aRowDependsOnTheRowsBeforeItOnly() {
    List<List<String>> all = detect(series(4100));
    List<List<String>> part = detect(series(4001));
    assertThat(part).isEqualTo(all.subList(0, 4002));
  }

  @Test
  void timesAreReadInAnyUsualForm() {
    List<List<String>> rows =
        detect(
            "timestamp,value\n2026-11-21 08:45:12,1\n2026-11-21T08:45:12.5,2\n"
                + "2026-11-21T09:45:12+01:00,3\n1795250712,4\n1795250712.25,5\n1795250712000,6\n"
                + "2026-11-21,7\n");
    assertThat(rows).hasSize(8).allMatch(row -> !row.get(2).isEmpty());
  }

  @Test
  void columnsAreFoundByName() {
    List<List<String>> rows = detect("value,host,timestamp\n3,web,2026-11-21T08:45:12Z\n");
    assertThat(rows.get(1)).containsExactly("2026-11-21T08:45:12Z", "3", "0.0", "");
  }

  @Test
  void aRowWithoutAPointKeepsItsPlaceAndIsNamed() {
    Run run =
        run("timestamp,value\nyesterday,1\n5,many\n5\n\"a,b\",2\n1700000000,7\n1700000060,NaN\n");

    assertThat(run.code()).isZero();
    assertThat(Csv.rows(run.out()))
        .containsExactly(
            List.of("timestamp", "value", "score", "finding"),
            List.of("yesterday", "1", "", ""),
            List.of("5", "many", "", ""),
            List.of("5", "", "", ""),
            List.of("a,b", "2", "", ""),
            List.of("1700000000", "7", "0.0", ""),
            List.of("1700000060", "NaN", "0.0", ""));
    assertThat(run.err())
        .contains("line 2: 'yesterday' is no time")
        .contains("line 3: 'many' is no number")
        .contains("line 4: has 1 of 2 columns");
  }

  @Test
  void anEndlessRowIsSkipped() {
    Run run = run("timestamp,value\n" + "9".repeat(200_000) + "\n1700000000,7\n");
    assertThat(run.code()).isZero();
    assertThat(Csv.rows(run.out())).hasSize(3);
    assertThat(run.err()).contains("line 2: longer than");
  }

  @Test
  void anInputWithoutPointsFails() {
    for (String text : List.of("", "timestamp,value\n", "\u0000\u0001\u0002\nx\n")) {
      Run run = run(text);
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err()).contains("no points");
    }
  }

  @Test
  void anUnknownDetectorIsToldTheNames() {
    Run run = run(series(10), "--detector", "oracle");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("standard").contains("hour-of-day");
    assertThat(detect(series(50), "--detector", "ewma")).hasSize(51);
  }

  @Test
  void theResultMayGoToAFile() throws IOException {
    Path in = Files.writeString(folder.resolve("s.csv"), series(100));
    Path out = folder.resolve("scores.csv");
    Run run = Run.of(folder, "detect", in.toString(), "--out", out.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(Csv.rows(Files.readString(out))).isEqualTo(detect(series(100)));

    Run onto = Run.of(folder, "detect", in.toString(), "--out", in.toString());
    assertThat(onto.code()).isEqualTo(2);
    assertThat(Files.readString(in)).isEqualTo(series(100));
    assertThat(Run.of(folder, "detect", folder.resolve("none").toString()).code()).isEqualTo(3);
  }
}
