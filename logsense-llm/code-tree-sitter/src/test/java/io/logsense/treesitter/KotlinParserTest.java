package io.logsense.treesitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import org.junit.jupiter.api.Test;

class KotlinParserTest {
  private static final String CART =
      """
      package com.shop

      import java.util.UUID

      /** Adds. */
      fun String.total(a: Int, b: Int = 2): Int = a + helper(b)

      private val limit: Int = compute("x")

      class Cart(val x: Int) : Base(mk()) {
        val total: Int
          get() = sum()
        val rate by lazy { load() }
        init {
          require(x > 0) { "cart ${x} is bad" }
        }
        constructor(a: Int, b: Int) : this(first()) {
          println("a\\tb $a")
        }
        @Deprecated("old")
        suspend fun add(item: Item, vararg xs: Int) {
          val y = Item<Int>(item)
          y?.pay(1)!!.go(::bar)
          log.error("Order " + item.id() + " failed")
          throw IllegalStateException("none of $item")
        }
        private object O {
          fun q() = object : Runnable {
            override fun run() { work() }
          }
        }
        companion object {
          fun create() = Cart(1)
        }
      }

      enum class Kind(val x: Int) {
        A(mk()) {
          override fun f() = 2
        },
        B(2);

        open fun f() = 1
      }
      """;

  @Test
  void blocksHaveTheNamesThatTheyHaveInTheVirtualMachine() {
    assertThat(Sources.places(new KotlinParser(), "src/cart.kt", CART))
        .containsExactly(
            "com.shop.CartKt#total/2 6-6",
            "com.shop.CartKt#<clinit>/0 8-8",
            "com.shop.Cart#<init>/0 10-10",
            "com.shop.Cart#getTotal/0 12-12",
            "com.shop.Cart#<init>/0 13-13",
            "com.shop.Cart#<init>/0 14-16",
            "com.shop.Cart#<init>/2 17-19",
            "com.shop.Cart#add/2 20-26",
            "com.shop.Cart$O#q/0 28-30",
            "com.shop.Cart$O$1#run/0 29-29",
            "com.shop.Cart$Companion#create/0 33-33",
            "com.shop.Kind#<clinit>/0 38-40",
            "com.shop.Kind$A#f/0 39-39",
            "com.shop.Kind#f/0 43-43");
    assertThat(
            Sources.places(
                new KotlinParser(), "a.kt", "@file:JvmName(\"Shop\")\nfun main() { run() }\n"))
        .containsExactly("Shop#main/0 2-2");
  }

  @Test
  void aBlockKeepsWhatItCallsThrowsAndSays() {
    assertThat(block("com.shop.CartKt#total/2").doc()).isEqualTo("Adds.");
    CodeBlock add = block("com.shop.Cart#add/2");
    assertThat(add.signature()).isEqualTo("suspend fun add(item: Item, vararg xs: Int)");
    assertThat(Sources.mentions(add))
        .containsExactly(
            "22 CREATION Item",
            "23 CALL go",
            "23 CALL pay",
            "23 CALL bar",
            "24 CALL error",
            "24 CALL id",
            "24 MESSAGE Order {} failed",
            "25 THROW IllegalStateException",
            "25 CREATION IllegalStateException",
            "25 MESSAGE none of {}");
  }

  private static CodeBlock block(String symbol) {
    return Sources.block(new KotlinParser(), "src/cart.kt", CART, symbol);
  }
}
