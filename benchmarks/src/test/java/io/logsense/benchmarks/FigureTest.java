package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void jsonHasTheFieldsOfTheContractInOneLine() {
    Figure figure =
        new Figure("end-to-end", "endToEnd.MBs", "MB/s", 1.5, 2.0, "p", null, null, "d");
    assertThat(figure.toJson())
        .isEqualTo(
            "{\"name\":\"end-to-end\",\"metric\":\"endToEnd.MBs\",\"unit\":\"MB/s\",\"ours\":1.5,"
                + "\"peer\":2.0,\"peerName\":\"p\",\"floor\":null,\"floorName\":null,"
                + "\"data\":\"d\",\"jdk\":\""
                + System.getProperty("java.version")
                + "\"}");
  }

  @Test
  void textLeavesOutWhatIsNotThere() {
    assertThat(Figure.of("n", "m", "B", 3, "d").toString())
        .startsWith("m ")
        .endsWith(" 3.0000 B   · d");
  }
}
