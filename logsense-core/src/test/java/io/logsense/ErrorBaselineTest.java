package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.testkit.LogSenseAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ErrorBaselineTest {
  private static final String MODE = "logsense.baseline";
  private static final String CALM =
      """
      2026-05-01T10:00:00Z INFO  [main] shop.Orders - order placed
      2026-05-01T10:00:01Z WARN  [main] shop.Stock - stock is low
      2026-05-01T10:00:02Z ERROR [main] shop.Mail - mail server is away
      """;
  private static final String BROKEN =
      CALM
          + """
          2026-05-01T10:00:03Z ERROR [main] shop.Cart - cannot add up the cart
          java.lang.IllegalStateException: no price
          \tat com.shop.Cart.total(Cart.java:17)
          \tat com.shop.Main.main(Main.java:5)
          2026-05-01T10:00:04Z ERROR [main] shop.Card - card was declined
          2026-05-01T10:00:05Z ERROR [main] shop.Card - card was declined
          """;

  @TempDir Path folder;

  @AfterEach
  void checkAgain() {
    System.clearProperty(MODE);
  }

  private Path baseline() {
    return folder.resolve("tests/known-errors.txt");
  }

  private void check(String log) throws IOException {
    Path file = Files.writeString(folder.resolve("app.log"), log);
    LogSenseAssertions.assertThat(LogSense.analyze(file).groups()).hasNoNewErrorGroups(baseline());
  }

  private void update(String log) throws IOException {
    System.setProperty(MODE, "update");
    check(log);
    System.clearProperty(MODE);
  }

  @Test
  void aLogWithKnownErrorsPassesAndANewErrorIsNamed() throws IOException {
    update(CALM);
    check(CALM);

    assertThatThrownBy(() -> check(BROKEN))
        .isInstanceOf(AssertionError.class)
        .satisfies(
            failure ->
                assertThat(
                        String.valueOf(failure.getMessage())
                            .replace(baseline().toString(), "known-errors.txt")
                            .replaceAll("(jf1|tm1):[0-9a-f]+", "$1:ID"))
                    .isEqualTo(
                        """
                        2 error groups are not in known-errors.txt:

                          1 x IllegalStateException: no price
                            at       com.shop.Cart.total(Cart.java:17)
                            first    2026-05-01T10:00:03Z ERROR cannot add up the cart
                            accept   jf1:ID exception IllegalStateException: no price

                          2 x card was declined
                            at       shop.Card
                            first    2026-05-01T10:00:04Z ERROR card was declined
                            accept   tm1:ID message card was declined

                        To accept all of them, run once with -Dlogsense.baseline=update
                        """));
  }

  @Test
  void theLineOfTheFailureAcceptsTheGroup() throws IOException {
    update(CALM);
    String line =
        catchMessage(BROKEN)
            .lines()
            .filter(text -> text.contains("accept  "))
            .map(text -> text.substring(text.indexOf("accept") + 6).strip())
            .reduce("", (all, next) -> all + next + "\n");

    Files.writeString(baseline(), Files.readString(baseline()) + line);

    check(BROKEN);
  }

  private String catchMessage(String log) {
    try {
      check(log);
    } catch (AssertionError | IOException e) {
      return String.valueOf(e.getMessage());
    }
    return "";
  }

  @Test
  void anUpdateAddsWhatIsNewInOrderAndKeepsTheRest() throws IOException {
    update(BROKEN);
    String whole = Files.readString(baseline());
    assertThat(whole)
        .startsWith("# Error groups that are known: id, kind and title.")
        .contains(" exception IllegalStateException: no price\n")
        .contains(" message mail server is away\n")
        .doesNotContain("stock is low");
    assertThat(whole.lines().skip(2)).isSorted().hasSize(3);

    update(CALM);
    assertThat(Files.readString(baseline())).isEqualTo(whole);

    String commented = whole.replace("jf1:", "# see ticket 17\njf1:") + "# the end\n";
    Files.writeString(baseline(), commented);
    update(BROKEN);
    assertThat(Files.readString(baseline())).isEqualTo(commented);
    Files.writeString(
        baseline(),
        commented.lines().filter(l -> !l.contains("declined")).toList().stream()
            .reduce("", (all, next) -> all + next + "\n"));
    update(BROKEN);
    assertThat(Files.readString(baseline())).isEqualTo(commented);
  }

  @Test
  void aMissingOrDamagedBaselineIsNamed() throws IOException {
    assertThatThrownBy(() -> check(CALM))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "no baseline "
                + baseline()
                + "; to create it, run once with -Dlogsense.baseline=update");

    Files.createDirectories(baseline().getParent());
    Files.writeString(baseline(), "# known\n\ntm1:0123 message fine\n<<<<<<< HEAD\n");
    assertThatThrownBy(() -> check(CALM))
        .isInstanceOf(AssertionError.class)
        .hasMessage(baseline() + ":4: '<<<<<<< HEAD' is not ID exception|message TITLE");
    assertThatThrownBy(() -> update(CALM)).isInstanceOf(AssertionError.class);

    Files.write(baseline(), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
    System.clearProperty(MODE);
    assertThatThrownBy(() -> check(CALM))
        .isInstanceOf(AssertionError.class)
        .hasMessageEndingWith("not UTF-8");
  }

  @Test
  void aLogWithoutErrorsNeedsAnEmptyBaselineOnly() throws IOException {
    update("2026-05-01T10:00:00Z WARN  [main] shop.Stock - stock is low\n");

    check("2026-05-01T10:00:00Z WARN  [main] shop.Stock - stock is low\n");
    assertThat(Files.readString(baseline()).lines()).hasSize(2);
  }
}
