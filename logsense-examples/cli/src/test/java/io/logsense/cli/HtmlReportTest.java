package io.logsense.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  @TempDir Path folder;

  private String report(String input) throws IOException {
    Path html = folder.resolve("report.html");
    Run run = Run.of(folder.resolve("home"), "analyze", "--html", html.toString(), input);
    assertThat(run.code()).isZero();
    return Files.readString(html);
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws IOException {
    String page = report(Run.sample());

    assertThat(page).doesNotContainPattern("(src|href)=\"(?!#)");
    assertThat(page).doesNotContain("@import").doesNotContain("url(");
    assertThat(page).doesNotContainPattern(" style=").doesNotContainPattern(" on[a-z]+=");
  }

  @Test
  void thePolicyAllowsExactlyTheScriptAndTheStyleInside()
      throws IOException, GeneralSecurityException {
    String page = report(Run.sample());

    for (String element : new String[] {"script", "style"}) {
      Matcher content =
          Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(page);
      assertThat(content.find()).isTrue();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(UTF_8));
      assertThat(page)
          .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
      assertThat(content.find()).as("a second " + element).isFalse();
    }
  }

  @Test
  void hostileContentIsText() throws IOException {
    String attack = "</title></script><script>alert(1)</script><img src=x onerror='alert(2)'>\"";
    Path log = folder.resolve("evil.log");
    Files.writeString(
        log,
        """
        2026-11-20T10:00:00.000Z ERROR 1 --- [main] com.shop.A : %1$s
        2026-11-20T10:00:01.000Z ERROR 1 --- [main] com.shop.A : failed
        java.lang.IllegalStateException: %1$s
        \tat com.shop.A.run(A.java:7)
        """
            .formatted(attack));

    String page = report(log.toString());

    assertThat(page).contains("&lt;script&gt;alert(1)");
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<img");
    assertThat(page.split("<script>", -1)).hasSize(2);
  }

  @Test
  void whatChangedIsShownOverTheBandWhereItWasExpected() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int minute = 0; minute < 300; minute++) {
      for (int i = 0; i < (minute == 250 ? 120 : 3); i++) {
        log.append(
            "2026-11-20T%02d:%02d:%02d.000Z ERROR 1 --- [main] com.shop.Pay : card refused%n"
                .formatted(10 + minute / 60, minute % 60, i % 60));
      }
    }
    String page = report(Files.writeString(folder.resolve("spike.log"), log).toString());

    assertThat(page).contains("<h2>What changed</h2>");
    String list = page.substring(page.indexOf("What changed"), page.indexOf("<table"));
    assertThat(list)
        .contains(">SPIKE</span>", "11-20 14:10", "because score of the detector")
        .contains("<svg class=\"rate\"", "<path class=\"band\"", "<path class=\"f\"");
    assertThat(page.split("<svg class=\"rate\"", -1)).as("in the list and in its group").hasSize(3);
  }

  @Test
  void theLikelyCauseIsShownWithItsLines() throws IOException {
    Path html = folder.resolve("report.html");
    String home = folder.resolve("home").toString();
    String source = Path.of("..", "sample-app").toString();
    Run.of(Path.of(home), "analyze", "--html", html.toString(), "--src", source, Run.sample());
    String page = Files.readString(html);

    assertThat(page)
        .contains("<b>com.shop.checkout.PriceCalculator#discountFor/1</b>")
        .contains("<mark>   20      return discounts.getOrDefault(cart.tier(), 0);\n</mark>")
        .contains("<h4>Evidence</h4>")
        .contains("no cost.");
    assertThat(report(Run.sample())).doesNotContain("Likely cause");
  }

  @Test
  void everyGroupCanBeLinkedTo() throws IOException {
    String page = report(Run.sample());

    Matcher group = Pattern.compile("<tbody class=\"group\" id=\"([^\"]+)\"").matcher(page);
    int groups = 0;
    while (group.find()) {
      assertThat(page).contains("href=\"#" + group.group(1) + "\"");
      groups++;
    }
    assertThat(groups).isGreaterThan(10);
    assertThat(page).contains("framework frames").contains("prefers-reduced-motion");
  }

  @Test
  void anEmptyAnalysisIsStillAPage() throws IOException {
    Path log = Files.createFile(folder.resolve("empty.log"));

    assertThat(report(log.toString())).contains("0 problems").endsWith("</html>\n");
  }
}
