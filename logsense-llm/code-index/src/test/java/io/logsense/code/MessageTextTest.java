package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {
  @Test
  void aLiteralIsCutWhereValuesGo() {
    assertThat(MessageText.pieces("Order {} of %s has {0,number} items, 5%% %-5.2f left"))
        .isEqualTo(List.of("Order", "of", "has", "items, 5", "left"));
  }

  @ParameterizedTest
  @CsvSource({
    "Order {} could not be placed, Order 17 could not be placed",
    "cannot open, Xcannot openY",
    "expected end of input, unexpected end of inputs"
  })
  void theKeyOfALiteralIsAWordOfEveryMessageMadeWithIt(String literal, String message) {
    assertThat(MessageText.lettersInCommon(MessageText.pieces(literal), message)).isPositive();
    int key = MessageText.key(literal);
    assertThat(key == MessageText.NO_KEY || MessageText.words(message).contains(key)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Order {} could not be placed, could not be placed: Order 17",
    "no {}, no such file",
    "Order {} was paid by {}, Order 17 was paid"
  })
  void piecesInAnotherOrderOrTooFewLettersSayNothing(String literal, String message) {
    assertThat(MessageText.lettersInCommon(MessageText.pieces(literal), message)).isZero();
  }
}
