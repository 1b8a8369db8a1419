package io.logsense.treesitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptParserTest {
  private static final String CART =
      """
      'use strict';
      const fs = require('fs');
      /** Adds. */
      function total(a, b = 2, ...rest) { return helper(a) + b; }
      const add = async (x) => { throw new Error(`cart ${x} is empty`); };
      exports.pay = function (c) { console.error('cannot', c); };
      module.exports = { list() { return all(); }, other: (z) => z.q() };
      Cart.prototype.old = function () { throw 'plain text here'; };
      export default function () { x(); }
      export class Cart extends Base {
        #p = compute();
        static create() { return new ns.Cart(1); }
        constructor(a) { super(a); this.a = a; }
        get total() { return this.items.map(i => i.price()).reduce(sum, 0); }
        arrow = (e) => { this.x(e); };
        static { init(); }
      }
      app.get('/x', (req, res) => {
        res.send("Order " + id + " sent");
      });
      const el = () => <Foo onClick={() => go()}>text</Foo>;
      """;

  private static final String TYPED =
      """
      namespace Shop { export function inside(a: number): void { f(); } }
      abstract class Cart<T> implements I {
        constructor(private readonly a: string, b?: number) { super(); }
        public static make<T>(x: T): Cart<T> { return new Cart<T>(x)!; }
        private add = async (x: number): Promise<void> => { throw new ShopError(`none of ${x}`) as any; };
        total(this: Cart, a: number): number { return <number>a.b(); }
      }
      export const handler: Handler = async (event) => { await go<T>(event); };
      """;

  @Test
  void functionsMethodsAndStatementsAreBlocks() {
    assertThat(Sources.places(new JavaScriptParser(), "lib/cart.js", CART))
        .containsExactly(
            "lib.cart#<module>/0 1-2",
            "lib.cart#total/3 4-4",
            "lib.cart#add/1 5-5",
            "lib.cart#pay/1 6-6",
            "lib.cart#list/0 7-7",
            "lib.cart#other/1 7-7",
            "lib.cart.Cart#old/0 8-8",
            "lib.cart#default/0 9-9",
            "lib.cart.Cart#<init>/0 11-11",
            "lib.cart.Cart#create/0 12-12",
            "lib.cart.Cart#<init>/1 13-13",
            "lib.cart.Cart#total/0 14-14",
            "lib.cart.Cart#arrow/1 15-15",
            "lib.cart.Cart#<clinit>/0 16-16",
            "lib.cart#<module>/0 18-20",
            "lib.cart#el/0 21-21");
  }

  @Test
  void typesAreLeftOut() {
    assertThat(Sources.places(new TypeScriptParser(), "src/cart.ts", TYPED))
        .containsExactly(
            "cart.Shop#inside/1 1-1",
            "cart.Cart#<init>/2 3-3",
            "cart.Cart#make/1 4-4",
            "cart.Cart#add/1 5-5",
            "cart.Cart#total/1 6-6",
            "cart#handler/1 8-8");
    assertThat(mentions(new TypeScriptParser(), "src/cart.ts", TYPED, "cart.Cart#add/1"))
        .containsExactly("5 THROW ShopError", "5 CREATION ShopError", "5 MESSAGE none of {}");
  }

  @Test
  void aBlockKeepsWhatItCallsThrowsAndSays() {
    assertThat(Sources.block(new JavaScriptParser(), "lib/cart.js", CART, "lib.cart#total/3").doc())
        .isEqualTo("Adds.");
    assertThat(
            Sources.block(new JavaScriptParser(), "lib/cart.js", CART, "lib.cart#total/3")
                .signature())
        .isEqualTo("function total(a, b = 2, ...rest)");
    assertThat(script("lib.cart#add/1"))
        .containsExactly("5 THROW Error", "5 CREATION Error", "5 MESSAGE cart {} is empty");
    assertThat(script("lib.cart#pay/1")).containsExactly("6 CALL error", "6 MESSAGE cannot");
    assertThat(script("lib.cart.Cart#create/0")).containsExactly("12 CREATION Cart");
    assertThat(script("lib.cart.Cart#total/0"))
        .containsExactlyInAnyOrder("14 CALL map", "14 CALL price", "14 CALL reduce");
    assertThat(script("lib.cart#el/0")).containsExactly("21 CALL Foo", "21 CALL go");
  }

  private static List<String> script(String symbol) {
    return mentions(new JavaScriptParser(), "lib/cart.js", CART, symbol);
  }

  private static List<String> mentions(
      ScriptParser parser, String path, String text, String symbol) {
    return Sources.mentions(Sources.block(parser, path, text, symbol));
  }
}
