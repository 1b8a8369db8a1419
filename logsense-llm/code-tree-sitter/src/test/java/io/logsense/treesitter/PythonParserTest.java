package io.logsense.treesitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import org.junit.jupiter.api.Test;

class PythonParserTest {
  private static final String CART =
      """
      \"""Carts.\"""
      import os
      from x import y

      LIMIT = compute(3)
      NAME = "cart"

      @cached(1)
      def add(a, b=1, *args, c: int = 3, **kw) -> int:
          \"""Adds
          things.\"""
          def inner(z):
              return z.go()
          total = [price(x) for x in a]
          raise ValueError("cart %s is " "empty" % a) from e

      class Cart(Base):
          limit = make()

          def __init__(self, items, *, k=2):
              self.items = items

          @staticmethod
          def of(x):
              return Cart(x)

          async def pay(self, z):
              log.error("Order " + z + " failed")
              assert z > 0, "positive"
              logger.exception(f"no {z!r:>10} of {self.price(0)}")
              return lambda q: q.h()

          class Inner:
              def f(self): pass

      if __name__ == "__main__":
          main()
      """;

  @Test
  void functionsMethodsAndStatementsAreBlocks() {
    assertThat(Sources.places(new PythonParser(), "src/shop/cart.py", CART))
        .containsExactly(
            "shop.cart#<module>/0 1-6",
            "shop.cart#add/5 8-15",
            "shop.cart#inner/1 12-13",
            "shop.cart.Cart#<clinit>/0 18-18",
            "shop.cart.Cart#<init>/2 20-21",
            "shop.cart.Cart#of/1 23-25",
            "shop.cart.Cart#pay/1 27-31",
            "shop.cart.Cart.Inner#f/0 34-34",
            "shop.cart#<module>/0 36-37");
  }

  @Test
  void aBlockKeepsWhatItCallsThrowsAndSays() {
    CodeBlock add = block("shop.cart#add/5");
    assertThat(add.signature()).isEqualTo("def add(a, b=1, *args, c: int = 3, **kw) -> int");
    assertThat(add.doc()).isEqualTo("Adds things.");
    assertThat(Sources.mentions(add))
        .containsExactly(
            "14 CALL price",
            "15 THROW ValueError",
            "15 CREATION ValueError",
            "15 MESSAGE cart {} is empty");
    assertThat(Sources.mentions(block("shop.cart.Cart#pay/1")))
        .containsExactly(
            "28 CALL error",
            "28 MESSAGE Order {} failed",
            "29 THROW AssertionError",
            "29 MESSAGE positive",
            "30 CALL exception",
            "30 CALL price",
            "30 MESSAGE no {} of {}",
            "31 CALL h");
  }

  @Test
  void aPackageHasTheNameOfItsFolder() {
    assertThat(Sources.places(new PythonParser(), "shop/__init__.py", "def f(): pass\n"))
        .containsExactly("shop#f/0 1-1");
  }

  private static CodeBlock block(String symbol) {
    return Sources.block(new PythonParser(), "src/shop/cart.py", CART, symbol);
  }
}
