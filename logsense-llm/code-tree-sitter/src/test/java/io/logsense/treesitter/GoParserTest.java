package io.logsense.treesitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import org.junit.jupiter.api.Test;

class GoParserTest {
  private static final String CART =
      """
      // Package cart has carts.
      package cart

      import "fmt"

      var limit = compute(3)

      const name = "cart"

      type Cart[T any] struct{ items []T }

      // Add adds
      // things.
      func (c *Cart[T]) Add(a, b int, rest ...string) (int, error) {
      	defer func() { c.unlock() }()
      	if a < 0 {
      		panic(fmt.Sprintf("bad item %d of %v", a, b))
      	}
      	p := &pkg.Point{X: 1}
      	return 0, fmt.Errorf("cart %q: %w", a, err)
      }

      func (Cart[T]) Val() {}

      func init() { register("all of it") }

      func Sum(a int, b int) int {
      	panic(&TooMany{a})
      	return Map[int](a)
      }
      """;

  @Test
  void functionsAndMethodsAreBlocks() {
    assertThat(Sources.places(new GoParser(), "internal/cart/cart.go", CART))
        .containsExactly(
            "internal/cart#<clinit>/0 6-6",
            "internal/cart.Cart#Add/3 14-21",
            "internal/cart.Cart#Val/0 23-23",
            "internal/cart#<clinit>/0 25-25",
            "internal/cart#Sum/2 27-30");
    assertThat(Sources.places(new GoParser(), "main.go", "package main\nfunc main() {}\n"))
        .containsExactly("main#main/0 2-2");
  }

  @Test
  void aBlockKeepsWhatItCallsThrowsAndSays() {
    CodeBlock add = block("internal/cart.Cart#Add/3");
    assertThat(add.signature())
        .isEqualTo("func (c *Cart[T]) Add(a, b int, rest ...string) (int, error)");
    assertThat(add.doc()).isEqualTo("Add adds things.");
    assertThat(Sources.mentions(add))
        .containsExactly(
            "15 CALL unlock",
            "17 THROW ",
            "17 CALL Sprintf",
            "17 MESSAGE bad item {} of {}",
            "19 CREATION Point",
            "20 CALL Errorf",
            "20 MESSAGE cart {}: {}");
    assertThat(Sources.mentions(block("internal/cart#Sum/2")))
        .containsExactly("28 THROW TooMany", "28 CREATION TooMany", "29 CALL Map");
  }

  private static CodeBlock block(String symbol) {
    return Sources.block(new GoParser(), "internal/cart/cart.go", CART, symbol);
  }
}
