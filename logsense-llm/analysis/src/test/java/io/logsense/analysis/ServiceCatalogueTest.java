package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCatalogueTest {
  @TempDir Path folder;

  @Test
  void servicesAreFoundByNameWhateverTheOrderOfColumns() throws IOException {
    ServiceCatalogue catalogue =
        read(
            """
            owner_email,system_name,criticality,tier,department
            ann@example.com,checkout,critical,1,"Payments, Europe"
            ,"the ""old"" shop",2,3,

            bob@example.com,search,,2,Web
            """);

    assertThat(catalogue.size()).isEqualTo(3);
    assertThat(catalogue.find("checkout"))
        .contains(new ServiceCatalogue.Entry("checkout", "Payments, Europe", "ann@example.com", 5));
    assertThat(catalogue.find("the \"old\" shop"))
        .contains(new ServiceCatalogue.Entry("the \"old\" shop", "", "", 2));
    assertThat(catalogue.find("search")).get().extracting("criticality").isEqualTo(0);
    assertThat(catalogue.find("other")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "system_name,department,owner_email\n",
        "system_name,department,owner_email,criticality\na,b,c\n",
        "system_name,department,owner_email,criticality\na,b,c,6\n",
        "system_name,department,owner_email,criticality\na,b,c,urgent\n",
        "system_name,department,owner_email,criticality\na,b,c,1\na,b,c,1\n",
        "system_name,department,owner_email,criticality\n\"a,b,c,1\n",
      })
  void whatCannotBeReadIsRefusedWithItsRow(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("row ");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ServiceCatalogue.read(folder.resolve("none.csv")))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("none.csv");
  }

  private ServiceCatalogue read(String text) throws IOException {
    return ServiceCatalogue.read(Files.writeString(folder.resolve("services.csv"), text));
  }
}
