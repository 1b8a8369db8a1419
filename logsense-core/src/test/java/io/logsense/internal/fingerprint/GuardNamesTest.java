package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a.Args, check",
    "a.Args, checkIndex",
    "a.Args, requireOpen",
    "a.Lexer, _reportInvalidToken",
    "a.Lexer, syntaxError",
    "a.Cart, newCartException",
    "a.CartException, of",
    "a.CartError, <init>",
    "shop.args, check_index",
    "'', shop.Args.validateRange",
    "'', shop::args::ensure_open",
  })
  void functionsThatOnlyThrowAreGuards(String owner, String function) {
    assertThat(GuardNames.isGuard(owner, function)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a.Till, checkout",
    "a.Cart, total",
    "a.Cart, failoverTo",
    "a.Cart, of",
    "a.Cart, <init>",
    "a.ErrorPage, render",
    "a.Cart, ''",
    "a.Cart, _",
    "'', shop.check.Total",
  })
  void otherFunctionsAreNot(String owner, String function) {
    assertThat(GuardNames.isGuard(owner, function)).isFalse();
  }
}
