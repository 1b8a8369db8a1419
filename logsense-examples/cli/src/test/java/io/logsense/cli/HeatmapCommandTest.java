package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapCommandTest {
  private static final String SOURCE = Path.of("..", "sample-app").toString();

  @TempDir Path home;

  @Test
  void failuresCountWhereTheRootCauseIsInTheSource() throws IOException {
    JsonNode groups = Run.of(home, "analyze", "--json", Run.sample()).json().get("groups");
    long parsing = 0;
    for (JsonNode group : groups) {
      if (group.get("title").asText().contains("NumberFormatException")) {
        parsing += group.get("count").asLong();
      }
    }
    JsonNode map = Run.of(home, "heatmap", "--src", SOURCE, "--json").json();

    JsonNode parse = null;
    long methods = 0;
    for (JsonNode spot : map.get("methods")) {
      methods += spot.get("failures").asLong();
      if (spot.get("symbol").asText().equals("com.shop.catalogue.CatalogueImport#parse/1")) {
        parse = spot;
      }
    }
    long files = 0;
    for (JsonNode spot : map.get("files")) {
      files += spot.get("failures").asLong();
      assertThat(Path.of(SOURCE, spot.get("file").asText())).exists();
    }
    assertThat(parse).isNotNull();
    assertThat(parse.get("failures").asLong()).isEqualTo(parsing).isPositive();
    assertThat(files).isEqualTo(methods);
  }

  @Test
  void thePictureHasTheMethodsAndNothingFromElsewhere() throws IOException {
    Run.of(home, "analyze", "--json", Run.sample());
    Path html = home.resolve("heat.html");
    Run run = Run.of(home, "heatmap", "--src", SOURCE, "--html", html.toString());

    assertThat(run.out()).contains("█", "PriceCalculator#discountFor/1  PriceCalculator.java:");
    String page = Files.readString(html);
    assertThat(page)
        .contains("class=\"heat5\"", "PriceCalculator.java", "sha256-")
        .doesNotContain("NaN", "Infinity", "width=\"-", "<script")
        .doesNotContainPattern("(src|href)=");
  }

  @Test
  void withoutGroupsThereIsNothingToShow() throws IOException {
    Path html = home.resolve("heat.html");
    Run run = Run.of(home, "heatmap", "--src", SOURCE, "--html", html.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("run 'logsense analyze' first");
    assertThat(html).content().contains("0 failures");
  }

  @Test
  void areasAreInProportionAndFillTheWhole() {
    List<Long> weights = List.of(600L, 300L, 60L, 20L, 20L);
    List<Treemap.Part> parts = Treemap.divide(new Treemap.Part(0, 0, 100, 50), weights);

    for (int i = 0; i < weights.size(); i++) {
      Treemap.Part part = parts.get(i);
      assertThat(part.width() * part.height()).isCloseTo(5.0 * weights.get(i), within(1e-6));
      assertThat(part.x() + part.width()).isLessThanOrEqualTo(100 + 1e-9);
      assertThat(part.y() + part.height()).isLessThanOrEqualTo(50 + 1e-9);
    }
  }
}
