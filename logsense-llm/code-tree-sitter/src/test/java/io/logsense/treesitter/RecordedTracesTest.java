package io.logsense.treesitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.StackFrame;
import io.logsense.code.CandidateRanking;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that Go 1.19 and Kotlin 2.0 printed for the programs in the resources. */
class RecordedTracesTest {
  private static final String GO_TRACE =
      """
      panic: runtime error: index out of range [2] with length 2

      goroutine 1 [running]:
      example.com/shop/cart.(*Cart[...]).price(0x40bce8?, 0x7f7a130445b8?)
      	/build/shop/cart/cart.go:38 +0x34
      example.com/shop/cart.(*Cart[...]).Add(0xc000090150, {0x7fffcb213a27, 0x481556?}, 0x3?)
      	/build/shop/cart/cart.go:32 +0xc8
      main.main.func1()
      	/build/shop/main.go:12 +0x45
      main.run(0x0?)
      	/build/shop/main.go:17 +0x1a
      main.main()
      	/build/shop/main.go:11 +0x46
      exit status 2
      """;

  private static final String KOTLIN_TRACE =
      """
      java.lang.ArithmeticException: / by zero
      	at com.shop.Cart.share(Cart.kt:14)
      	at com.shop.CartKt.wait(Cart.kt:43)
      	at com.shop.CartKt$suspended$1.invokeSuspend(Cart.kt:39)
      	at kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(ContinuationImpl.kt:33)
      	at kotlin.coroutines.ContinuationKt.startCoroutine(Continuation.kt:115)
      	at com.shop.MainKt.main(Main.kt:15)
      """;

  @TempDir static Path folder;
  private static CodeIndex index;

  @BeforeAll
  static void makeIndex() throws IOException {
    write("cart/cart.go", "cart.go.txt");
    write("main.go", "main.go.txt");
    write("app/src/Cart.kt", "Cart.kt.txt");
    write("app/src/Main.kt", "Main.kt.txt");
    Files.createDirectories(folder.resolve("shop/http"));
    Files.writeString(
        folder.resolve("shop/http/server.go"), "package http\nfunc Serve() { run() }\n");
    Files.writeString(folder.resolve("shop/http/client.py"), "def get():\n    return send()\n");
    try (SourceTree tree = SourceTree.folder(folder)) {
      CodeIndexer.Result result = CodeIndexer.standard().index(tree);
      assertThat(result.problems()).isEmpty();
      index = result.index();
    }
  }

  @Test
  void theFirstCandidateIsWhereItFailed() {
    assertThat(first(GO_TRACE)).isEqualTo("cart.Cart#price/1");
    assertThat(first(KOTLIN_TRACE)).isEqualTo("com.shop.Cart#share/2");
  }

  @Test
  void functionsOfGoAreFoundByTheNamesOfTheRuntime() {
    assertThat(go("main", "main.func1", "main.go", 12)).isEqualTo("main#main/0");
    assertThat(go("main", "run", "main.go", 17)).isEqualTo("main#run/1");
    assertThat(go("example.com/shop/cart", "(*Cart[...]).Add.func1", "cart/cart.go", 29))
        .isEqualTo("cart.Cart#Add/2");
    assertThat(go("example.com/shop/cart", "New[...]", "cart/cart.go", 22)).isEqualTo("cart#New/0");
    assertThat(go("example.com/shop/cart", "(*Cart[...]).note", "cart/cart.go", 999))
        .as("a line of another version")
        .isEqualTo("cart.Cart#note/1");
    assertThat(find("net/http", "Serve", "/usr/local/go/src/net/http/server.go", 2)).isEmpty();
    assertThat(
            find(
                "github.com/x/http",
                "Serve",
                "/root/go/pkg/mod/github.com/x/http@v1.2.0/http/server.go",
                2))
        .isEmpty();
  }

  @Test
  void functionsOfKotlinAreFoundByTheNamesOfTheCompiler() {
    assertThat(kotlin("CartKt", "pay", 36)).isEqualTo("com.shop.CartKt#pay/0");
    assertThat(kotlin("Cart", "share$default", 13)).isEqualTo("com.shop.Cart#share/2");
    assertThat(kotlin("Cart", "getTotal", 7)).isEqualTo("com.shop.Cart#getTotal/0");
    assertThat(kotlin("Cart", "later$lambda$3", 24)).isEqualTo("com.shop.Cart#later/0");
    assertThat(kotlin("Cart$later$1", "invoke", 24)).isEqualTo("com.shop.Cart#later/0");
    assertThat(kotlin("Cart$later$1", "invoke", -1)).isEqualTo("com.shop.Cart#later/0");
    assertThat(kotlin("CartKt$suspended$1", "invokeSuspend", 39))
        .isEqualTo("com.shop.CartKt#suspended/0");
    assertThat(kotlin("Cart$Companion", "check", 31)).isEqualTo("com.shop.Cart$Companion#check/1");
    assertThat(kotlin("Cart", "<init>", 10)).isEqualTo("com.shop.Cart#<init>/0");
    assertThat(find("com.other.Cart", "share", "Cart.kt", 14)).isEmpty();
  }

  @Test
  void librariesAreNotTheUsers() {
    assertThat(find("", "get", "/srv/app/shop/http/client.py", 2))
        .isEqualTo("shop.http.client#get/0");
    assertThat(find("", "get", "C:\\\\srv\\\\shop\\\\http\\\\client.py", 2))
        .isEqualTo("shop.http.client#get/0");
    assertThat(find("", "get", "/usr/lib/python3.11/shop/http/client.py", 2)).isEmpty();
    assertThat(find("", "get", "/venv/lib/site-packages/shop/http/client.py", 2)).isEmpty();
    assertThat(find("", "request", "/opt/other/client.py", 2)).as("a chance likeness").isEmpty();
  }

  private static String go(String type, String method, String file, int line) {
    return find(type, method, "/build/shop/" + file, line);
  }

  private static String kotlin(String type, String method, int line) {
    return find("com.shop." + type, method, line < 0 ? null : "Cart.kt", line);
  }

  private static String find(String type, String method, @Nullable String file, int line) {
    return index
        .find(new StackFrame(type, method, file, line))
        .map(block -> block.symbol())
        .orElse("");
  }

  private static String first(String trace) {
    return CandidateRanking.over(index).rank(Sources.trace(trace), 1).get(0).block().symbol();
  }

  private static void write(String path, String resource) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    try (InputStream in = RecordedTracesTest.class.getResourceAsStream("/programs/" + resource)) {
      Files.writeString(file, new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
    }
  }
}
