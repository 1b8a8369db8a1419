package io.logsense.api.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.logsense.api.embed.TextLimit.Unit;
import org.junit.jupiter.api.Test;

class TextLimitTest {
  @Test
  void aTextWithinTheLimitIsLeftAsItIs() {
    String text = "12345678";
    assertThat(TextLimit.of(8, Unit.CHARACTERS).cut(text)).isSameAs(text);
  }

  @Test
  void aLongerTextKeepsItsHeadAndItsTail() {
    assertThat(TextLimit.of(8, Unit.CHARACTERS).cut("123456789")).isEqualTo("123456\n89");
  }

  @Test
  void noSurrogatePairIsCutInHalf() {
    TextLimit limit = new TextLimit(2, 2, Unit.CHARACTERS);
    assertThat(limit.cut("a😀--😀z")).isEqualTo("a\nz");
  }

  @Test
  void tokensAreCountedByTheModel() {
    TextLimit tokens = TextLimit.of(512, Unit.TOKENS);
    assertThat(tokens).isEqualTo(new TextLimit(384, 128, Unit.TOKENS));
    assertThat(tokens.total()).isEqualTo(512);
    assertThatIllegalStateException().isThrownBy(() -> tokens.cut("text"));
  }

  @Test
  void aLimitHasAHeadAndATail() {
    assertThatIllegalArgumentException().isThrownBy(() -> TextLimit.of(1, Unit.TOKENS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextLimit(Integer.MAX_VALUE, 1, Unit.TOKENS));
  }
}
