package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.logsense.api.code.CodeOrigin;
import io.logsense.code.CodeIndexer;
import io.logsense.code.CodeVersions;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyCommandTest {
  /** The program that wrote the sample log. */
  private static final String SOURCE = Path.of("..", "sample-app").toString();

  private static final String TRACE =
      """
      java.lang.NullPointerException: no tier
      \tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
      \tat com.shop.checkout.PriceCalculator.discountFor(PriceCalculator.java:20)
      \tat com.shop.checkout.PriceCalculator.discounted(PriceCalculator.java:15)
      """;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "NullPointerException, com.shop.checkout.PriceCalculator#discountFor/1, 1",
    "ConcurrentModificationException, com.shop.checkout.LoyaltyPoints#credit/1, 1",
    "NumberFormatException, com.shop.catalogue.CatalogueImport#parse/1, 2",
    "CircuitOpenException, com.shop.shipping.ShippingClient#days/1, 1",
    "No model loaded, com.shop.recommend.Recommendations#score/1, 2",
    "UnsupportedOperationException, com.shop.web.Jobs$AuditListener#onEvents/1, 1",
    "Webhook, com.shop.web.Jobs#deliverWebhooks/0, 1"
  })
  void theMethodWithThePlantedBugIsAmongTheFirst(String title, String symbol, int place)
      throws IOException {
    JsonNode groups = Run.of(home, "analyze", "--json", Run.sample()).json().get("groups");
    Run run = Run.of(home, "why", id(groups, title), "--src", SOURCE, "--json");

    assertThat(run.code()).isZero();
    JsonNode candidates = run.json().get("candidates");
    assertThat(candidates.get(place - 1).get("symbol").asText()).isEqualTo(symbol);
    assertThat(run.json().get("rootCause").get("symbol"))
        .isEqualTo(candidates.get(0).get("symbol"));
    assertThat(run.json().get("rootCause").get("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(run.json().get("rootCause").get("reasoning").asText()).isNotBlank();
    assertThat(run.json().get("inconclusive").asText()).isEmpty();
    assertThat(run.json().get("cost").get("model").asText()).isEmpty();
    assertThat(run.json().get("mode").asText()).isEqualTo("deterministic");
  }

  @Test
  void everyFileAndLineThatIsNamedExists() throws IOException {
    Path trace = Files.writeString(home.resolve("trace.txt"), TRACE);
    JsonNode report =
        Run.of(home, "why", "--trace", trace.toString(), "--src", SOURCE, "--json").json();

    assertThat(report.get("candidates")).hasSizeGreaterThan(1);
    for (JsonNode each : report.get("candidates")) {
      List<String> lines = Files.readAllLines(Path.of(SOURCE, each.get("file").asText()));
      assertThat(each.get("line").asInt())
          .isBetween(each.get("start").asInt(), each.get("end").asInt());
      assertThat(each.get("end").asInt()).isLessThanOrEqualTo(lines.size());
      assertThat(each.get("reasons")).isNotEmpty();
    }
    assertThat(report.get("evidence").get(0).get("frame").asText()).contains("discountFor");
    assertThat(report.get("evidence").get(0).get("line").asInt()).isEqualTo(20);
    for (JsonNode each : report.get("evidence")) {
      if (each.has("file") && each.has("quote")) {
        List<String> lines = Files.readAllLines(Path.of(SOURCE, each.get("file").asText()));
        assertThat(lines.get(each.get("line").asInt() - 1)).contains(each.get("quote").asText());
      }
    }
  }

  @Test
  void theTextShowsTheLineInItsPlace() throws IOException {
    Path trace = Files.writeString(home.resolve("trace.txt"), TRACE);
    Run run = Run.of(home, "why", "--trace", trace.toString(), "--src", SOURCE);

    assertThat(run.out())
        .contains("Likely cause, confidence ", "· line 20: return discounts")
        .contains("1. com.shop.checkout.PriceCalculator#discountFor/1")
        .contains("PriceCalculator.java:20")
        .contains(">    20      return discounts.getOrDefault(cart.tier(), 0);");
  }

  @Test
  void aTraceOfOtherCodeHasNoCandidatesAndIsToldSo() throws IOException {
    Path trace =
        Files.writeString(home.resolve("trace.txt"), TRACE.replace("com.shop", "org.other"));
    Run run = Run.of(home, "why", "--trace", trace.toString(), "--src", SOURCE);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("No frame of the trace is in the source code");
  }

  @Test
  void aJarWithAnIndexStandsForItsSource() throws IOException {
    JsonNode groups = Run.of(home, "analyze", "--json", Run.sample()).json().get("groups");
    String id = id(groups, "ConcurrentModificationException");
    Path classes = Files.createDirectories(home.resolve("classes/META-INF/logsense"));
    Path index = classes.resolve("code.index");
    Run.of(home, "index", SOURCE, "--out", index.toString());
    Path jar = home.resolve("shop.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("META-INF/logsense/code.index"));
      Files.copy(index, out);
    }

    JsonNode source = Run.of(home, "why", id, "--src", SOURCE, "--json").json();
    for (Path built : List.of(jar, home.resolve("classes"))) {
      Run run = Run.of(home, "why", id, "--src", built.toString(), "--json");
      assertThat(run.err()).isEmpty();
      assertThat(run.json().get("candidates")).isEqualTo(source.get("candidates"));
      assertThat(run.json().get("rootCause").get("symbol"))
          .isEqualTo(source.get("rootCause").get("symbol"));
    }
    assertThat(Run.of(home, "why", id, "--src", jar.toString()).out()).contains("1. com.shop.");
    assertThat(Run.of(home, "heatmap", "--src", jar.toString(), "--json").out())
        .isEqualTo(Run.of(home, "heatmap", "--src", SOURCE, "--json").out());

    Run none = Run.of(home, "why", id, "--src", index.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("has no META-INF/logsense/code.index");
  }

  @Test
  void aJarOfAnotherVersionIsToldOf() throws IOException {
    CodeOrigin origin = new CodeOrigin("shop", "1.1", "abcdef0123");
    List<String> other = CodeVersions.revisions("1.0", "1234567");
    assertThat(built(origin).mayBe(other)).isFalse();
    assertThat(built(origin).mayBe(CodeVersions.revisions("1.1", ""))).isTrue();
    assertThat(built(origin).mayBe(CodeVersions.revisions("1.0", "abcdef0"))).isTrue();
    assertThat(built(origin).mayBe(List.of())).isTrue();
    assertThat(built(CodeOrigin.UNKNOWN).mayBe(other)).isTrue();
  }

  private BuiltTree built(CodeOrigin origin) throws IOException {
    return new BuiltTree(CodeIndexer.standard().of(origin).index(SourceTree.folder(home)).index());
  }

  @Test
  void wrongUsageIsNamed() {
    assertThat(Run.of(home, "why", "--src", SOURCE).err()).contains("--trace FILE");
    assertThat(Run.of(home, "why", "jf1:0", "--src", SOURCE).code()).isEqualTo(2);
    assertThat(Run.of(home, "why", "--trace", "none", "--src", home + "/none").code()).isEqualTo(3);
    assertThat(Run.of(home, "index", home + "/none").code()).isEqualTo(2);
  }

  @Test
  void onlyWhatChangedIsIndexedAgain() throws IOException {
    Path source = Files.createDirectories(home.resolve("app"));
    Files.writeString(source.resolve("A.java"), "class A { void a() {} }");
    Files.writeString(source.resolve("B.java"), "class B { void b() {} }");
    Path out = home.resolve("out.index");

    assertThat(Run.of(home, "index", source.toString()).out())
        .isEqualTo("2 methods in 2 files, 2 of them read anew" + System.lineSeparator());
    Files.writeString(source.resolve("B.java"), "class B { void b() {} void c() {} }");
    assertThat(Run.of(home, "index", source.toString(), "--out", out.toString()).out())
        .startsWith("3 methods in 2 files, 1 of them read anew");
    assertThat(out).isNotEmptyFile();
  }

  private static String id(JsonNode groups, String title) {
    for (JsonNode group : groups) {
      if (group.get("title").asText().contains(title)) {
        return group.get("id").asText();
      }
    }
    throw new AssertionError("no group " + title);
  }
}
