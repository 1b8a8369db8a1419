package io.logsense.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logsense.benchmarks.MissingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRulesTest {
  @TempDir private Path data;

  private static SessionRules learned(String... lines) {
    SessionRules rules = new SessionRules();
    for (String line : lines) {
      rules.learn(SessionRules.events(line));
    }
    return rules;
  }

  @Test
  void aLineMayBeginWithAnIdAndEndWithABlank() {
    assertThat(SessionRules.events("blk_1,5 5 22 ")).containsExactly("5", "5", "22");
    assertThat(SessionRules.events("5  22")).containsExactly("5", "22");
    assertThat(SessionRules.events("blk_1, ")).isEmpty();
  }

  @Test
  void eventsLengthsAndCountsAreRememberedWithoutOrder() {
    SessionRules rules = learned("1 2 2", "1 2 2 3");
    assertThat(rules.newEvent(List.of("1", "4"))).isTrue();
    assertThat(rules.newEvent(List.of("3"))).isFalse();
    assertThat(rules.oddLength(List.of("1", "2"))).isTrue();
    assertThat(rules.oddLength(List.of("1", "1", "1", "1", "1"))).isTrue();
    assertThat(rules.oddLength(List.of("1", "1", "1"))).isFalse();
    assertThat(rules.distance(List.of("2", "1", "2"))).isZero();
    // Common with 1 2 2: two; all together: four.
    assertThat(rules.distance(List.of("1", "2", "4"))).isCloseTo(0.5, within(1e-9));
    assertThat(rules.distance(List.of("4"))).isEqualTo(1);
  }

  @Test
  void theUsualDistanceIsThatOfNormalSessionsToEachOther() {
    SessionRules rules = learned("1 2", "1 2", "1 2", "1 2 3");
    assertThat(rules.usualDistance(0.5)).isZero();
    assertThat(rules.usualDistance(0.99)).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void alarmsOnASampleCountForTheWhole() {
    List<String> good = List.of("1");
    List<String> bad = List.of("2");
    SessionSet set = new SessionSet("s", List.of(), List.of(good, bad), List.of(bad, bad), 20);
    // Two hits, no miss, ten alarms: precision 1/6, recall 1.
    assertThat(SessionAccuracy.f1(set, session -> session.equals(bad)))
        .isCloseTo(2 / (6 + 1.0), within(1e-9));
  }

  @Test
  void setsAreReadWithTheirNormalSessionsOrASampleOfThem() throws IOException {
    Path whole = Files.createDirectories(data.resolve("sessions/openstack_some"));
    Files.writeString(whole.resolve("openstack_train"), "a,1 2\nb,1\n");
    Files.writeString(whole.resolve("openstack_test_normal"), "c,1 2\n\n");
    Files.writeString(whole.resolve("openstack_test_abnormal"), "d,3\n");
    Path sample = Files.createDirectories(data.resolve("sessions/hdfs_logdeep"));
    Files.writeString(sample.resolve("hdfs_train"), "1 2 \n");
    Files.writeString(sample.resolve("hdfs_test_abnormal"), "9 \n");
    Files.writeString(sample.resolve("robust_log_train.csv"), "Sequence,label\n1 2,0\n7 7,1\n");
    Files.writeString(sample.resolve("robust_log_valid.csv"), "Sequence,label\n2 1,0\n");
    Path lacking = Files.createDirectories(data.resolve("sessions/bgl_loghub"));
    Files.writeString(lacking.resolve("bgl_train"), "1\n");

    assertThat(SessionSet.read(data))
        .containsExactly(
            new SessionSet(
                "hdfs_logdeep",
                List.of(List.of("1", "2")),
                List.of(List.of("1", "2"), List.of("2", "1")),
                List.of(List.of("9")),
                553_366),
            new SessionSet(
                "openstack_some",
                List.of(List.of("1", "2"), List.of("1")),
                List.of(List.of("1", "2")),
                List.of(List.of("3")),
                1));
  }

  @Test
  void withoutDataItIsSaidWhatToGet() {
    assertThatThrownBy(() -> SessionSet.read(data))
        .isInstanceOf(MissingInput.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("git clone")
        .hasMessageContaining("--data DIR");
  }
}
