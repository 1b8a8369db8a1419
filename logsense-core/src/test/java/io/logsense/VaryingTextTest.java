package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaryingTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          out of stock               | out of stock             | out of stock
          order 17 is closed         | order 9 is closed        | order <*> is closed
          order <*> is closed        | order 9 is closed        | order <*> is closed
          id=7, left                 | id=81, left              | id=<*>, left
          id=<*>, left               | id=81, left              | id=<*>, left
          "Tax" is null              | "Order" is null          | "<*>" is null
          <*>                        | <b>                      | <*>
          a=1;b=2                    | a=3;b=4                  | a=<*>
          cannot read a b c of shop  | cannot read x of shop    | cannot read <*> of shop
          cannot read <*> of shop    | cannot read p q of shop  | cannot read <*> of shop
          one                        | two words                | <*>
          a                          | a b                      | a <*>
          """)
  void keepsWhatIsAlikeAndReplacesTheRest(String known, String other, String common) {
    assertThat(VaryingText.common(known, other)).isEqualTo(common);
  }

  @Test
  void doesNotGrowHoweverOftenItIsApplied() {
    String text = "a<b>-1";
    for (int i = 0; i < 100; i++) {
      text = VaryingText.common(text, "a<" + "<>".repeat(i % 5) + i + ">-" + i);
    }

    assertThat(text).isEqualTo("a<<*>");
  }
}
