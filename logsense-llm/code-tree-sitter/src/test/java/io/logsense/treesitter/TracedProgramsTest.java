package io.logsense.treesitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.code.CandidateRanking;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that fail, run by the interpreters that are installed, and what their traces lead to.
 */
class TracedProgramsTest {
  private static final String CHECKS_PY =
      """
      \"""Checks.\"""

      def positive(value, name):
          if value <= 0:
              raise ValueError(f"{name} must be more than nothing")
          return value
      """;

  private static final String CART_PY =
      """
      from shop import checks

      RATES = {"standard": 19}

      class Cart:
          \"""Holds prices.\"""

          def __init__(self, prices):
              self.prices = prices
              self.first = prices[0]

          def total(self):
              total = 0
              for price in self.prices:
                  total -= price
              rounded = round(total, 2)
              checks.positive(rounded, "total")
              return rounded

          def share(self, parts):
              return self.sum(lambda price: price / parts)

          def sum(self, each):
              return sum(each(price) for price in self.prices)

          @property
          def taxed(self):
              rate = RATES[self.kind()]
              return self.sum(lambda price: price * rate)

          def kind(self):
              return "reduced"

      async def pay(cart):
          return await charge(cart)

      async def charge(cart):
          return cart.prices.amount
      """;

  private static final String APP_PY =
      """
      import asyncio
      import sys
      from shop.cart import Cart, pay

      def main(what):
          if what == "guard":
              Cart([1, 2]).total()
          elif what == "lambda":
              Cart([1, 2]).share(0)
          elif what == "constructor":
              Cart([])
          elif what == "property":
              print(Cart([1]).taxed)
          elif what == "async":
              asyncio.run(pay(Cart([1])))
          elif what == "wrapped":
              try:
                  Cart([1]).taxed
              except KeyError as e:
                  raise RuntimeError("no tax") from e

      if len(sys.argv) > 2:
          {}["nothing"]
      main(sys.argv[1])
      """;

  private static final String CART_JS =
      """
      const checks = require('./checks');

      class Cart {
        rates = { standard: 19 };

        constructor(prices) {
          this.prices = prices;
          this.first = prices[0].price;
        }

        total() {
          let total = 0;
          for (const each of this.prices) {
            total -= each.price;
          }
          const rounded = Math.round(total);
          checks.positive(rounded, 'total');
          return rounded;
        }

        names() {
          return this.prices.map((each) => each.name.trim());
        }

        get taxed() {
          return this.rates.reduced.percent;
        }
      }

      const charge = async (cart) => {
        await null;
        return cart.account.number;
      };

      async function pay(cart) {
        return await charge(cart);
      }

      module.exports = { Cart, pay };
      """;

  private static final String CHECKS_JS =
      """
      exports.positive = function (value, name) {
        if (value <= 0) {
          throw new RangeError(`${name} must be more than nothing`);
        }
        return value;
      };
      """;

  private static final String APP_JS =
      """
      const { Cart, pay } = require('./lib/cart');

      function main(what) {
        if (what === 'guard') {
          new Cart([{ price: 1 }]).total();
        } else if (what === 'callback') {
          new Cart([{ price: 1 }]).names();
        } else if (what === 'constructor') {
          new Cart([]);
        } else if (what === 'getter') {
          console.log(new Cart([{ price: 1 }]).taxed);
        } else if (what === 'async') {
          pay(new Cart([{ price: 1 }]));
        }
      }

      if (process.argv.length > 3) {
        process.nothing.atAll();
      }
      main(process.argv[2]);
      """;

  private static final String CART_TS =
      """
      export interface Item { price?: number; name?: string }

      export class Cart {
        constructor(private readonly items: Item[]) {}

        names(): string[] {
          return this.items.map((each) => each.name!.trim());
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void pythonFailsWhereTheBugIs() throws IOException, InterruptedException {
    write("app.py", APP_PY);
    write("src/shop/__init__.py", "");
    write("src/shop/cart.py", CART_PY);
    write("src/shop/checks.py", CHECKS_PY);
    CodeIndex index = index();
    assertThat(first(index, python("guard"))).isEqualTo("shop.cart.Cart#total/0");
    assertThat(first(index, python("lambda"))).isEqualTo("shop.cart.Cart#share/1");
    assertThat(first(index, python("constructor"))).isEqualTo("shop.cart.Cart#<init>/1");
    assertThat(first(index, python("property"))).isEqualTo("shop.cart.Cart#taxed/0");
    assertThat(first(index, python("async"))).isEqualTo("shop.cart#charge/1");
    assertThat(first(index, python("wrapped"))).isEqualTo("shop.cart.Cart#taxed/0");
    assertThat(first(index, python("guard", "more"))).isEqualTo("app#<module>/0");
  }

  @Test
  void javaScriptFailsWhereTheBugIs() throws IOException, InterruptedException {
    write("app.js", APP_JS);
    write("lib/cart.js", CART_JS);
    write("lib/checks.js", CHECKS_JS);
    CodeIndex index = index();
    assertThat(first(index, node("guard"))).isEqualTo("lib.cart.Cart#total/0");
    assertThat(first(index, node("callback"))).isEqualTo("lib.cart.Cart#names/0");
    assertThat(first(index, node("constructor"))).isEqualTo("lib.cart.Cart#<init>/1");
    assertThat(first(index, node("getter"))).isEqualTo("lib.cart.Cart#taxed/0");
    assertThat(first(index, node("async"))).isEqualTo("lib.cart#charge/1");
    assertThat(first(index, node("guard", "more"))).isEqualTo("app#<module>/0");
  }

  @Test
  void aScriptThatABuildWroteLeadsToTheTypedOneByItsFunctions() throws IOException {
    write("src/cart.ts", CART_TS);
    String trace =
        """
        TypeError: Cannot read properties of undefined (reading 'trim')
            at /srv/app/dist/cart.js:10:43
            at Array.map (<anonymous>)
            at Cart.names (/srv/app/dist/cart.js:10:27)
            at Object.<anonymous> (/srv/app/dist/app.js:3:20)
            at Module._compile (node:internal/modules/cjs/loader:1554:14)
        """;
    assertThat(first(index(), trace)).isEqualTo("cart.Cart#names/0");
  }

  private CodeIndex index() throws IOException {
    try (SourceTree tree = SourceTree.folder(folder)) {
      CodeIndexer.Result result = CodeIndexer.standard().index(tree);
      assertThat(result.problems()).isEmpty();
      return result.index();
    }
  }

  private static String first(CodeIndex index, String output) {
    List<Candidate> found = CandidateRanking.over(index).rank(Sources.trace(output), 5);
    assertThat(found).as(output).isNotEmpty();
    return found.get(0).block().symbol();
  }

  private String python(String... arguments) throws IOException, InterruptedException {
    return run("python3", "app.py", arguments);
  }

  private String node(String... arguments) throws IOException, InterruptedException {
    return run("node", "app.js", arguments);
  }

  /** What a program that fails prints. */
  private String run(String interpreter, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter, script));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONPATH", "src");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      assumeTrue(false, interpreter + " is not installed");
      throw e;
    }
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    return Files.readString(output, UTF_8);
  }

  private void write(String path, String source) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }
}
