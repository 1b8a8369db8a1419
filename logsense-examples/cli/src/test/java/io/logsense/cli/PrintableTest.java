package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void textIsCutByColumnsNotByCharacters() {
    assertThat(Printable.fit("hello", 5)).isEqualTo("hello");
    assertThat(Printable.fit("hello!", 5)).isEqualTo("hell…");
    assertThat(Printable.fit("日本語テキスト", 7)).isEqualTo("日本語…");
    assertThat(Printable.pad("日本", 6)).isEqualTo("日本  ");
  }

  @Test
  void whatATerminalWouldObeyIsReplaced() {
    assertThat(Printable.line("a\u001b[31mb\u202ec\nd\te\r")).isEqualTo("a·[31mb·c ⏎ d e");
  }

  @Test
  void aTrendIsDrawnAgainstItsHighestCount() {
    assertThat(Sparkline.draw(new long[] {0, 1, 2, 3, 4})).isEqualTo("·▂▃▅▇");
    assertThat(Sparkline.draw(new long[] {0, 0})).isEqualTo("··");
    assertThat(Sparkline.draw(new long[] {1, 1000})).isEqualTo("▁▇");
  }

  @Test
  void aLocationLosesItsPackages() {
    assertThat(ProblemTable.shortLocation("com.shop.Cart.total(Cart.java:17)"))
        .isEqualTo("Cart.total(Cart.java:17)");
    assertThat(ProblemTable.shortLocation("com.shop.Cart")).isEqualTo("Cart");
    assertThat(ProblemTable.shortLocation("main(app.py:3)")).isEqualTo("main(app.py:3)");
    assertThat(ProblemTable.shortLocation("")).isEmpty();
  }
}
