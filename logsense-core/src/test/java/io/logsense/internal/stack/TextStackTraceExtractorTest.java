package io.logsense.internal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextStackTraceExtractorTest {
  private static List<StackTrace> extract(String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
    return StackTraces.extractor().extract(bytes, 2, bytes.length - 4);
  }

  /** The trace that is the whole of {@code lines} when it stands between two ordinary lines. */
  private static ThrownError only(String... lines) {
    List<StackTrace> found =
        extract("the shop opens\n" + String.join("\n", lines) + "\nthe shop closes\n");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).firstLine()).isEqualTo(1);
    assertThat(found.get(0).lines()).isEqualTo(lines.length);
    return found.get(0).error();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.base@21/java.lang.Thread.run(Thread.java:1583)|java.lang.Thread|run|Thread.java|1583",
        "app//com.shop.Cart.total(Cart.java:12)|com.shop.Cart|total|Cart.java|12",
        "layer/mod@1.2/com.shop.Cart.total(Cart.java:12)|com.shop.Cart|total|Cart.java|12",
        "TRANSFORMER/shop/com.shop.Cart.total(Cart.java:12) ~[?:?] {re:mixin,pl:a}|com.shop.Cart|total|Cart.java|12",
        "com.shop.Cart.total(Cart.java:12) ~[shop (1).jar:1.2]|com.shop.Cart|total|Cart.java|12",
        "com.shop.Cart.total(Cart.java:12) [na:na]|com.shop.Cart|total|Cart.java|12",
        "com.shop.Cart.total(Cart.java:12) <-- here (see below)|com.shop.Cart|total|Cart.java|12",
        "com.shop.Cart.<init>(Cart.kt)|com.shop.Cart|<init>|Cart.kt|-1",
        "com.shop.Cart.total(Native Method)|com.shop.Cart|total||-2",
        "com.shop.Cart.total(Unknown Source)|com.shop.Cart|total||-1",
        "a.b.c(SourceFile:12)|a.b|c|SourceFile|12",
        "a.b.c(SourceFile)|a.b|c|SourceFile|-1",
        "a.b.c(Unknown Source:7)|a.b|c||7",
        "a.b.c(:7)|a.b|c||7",
        "com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b.total(<generated>)|com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b|total|<generated>|-1",
        "com.shop.Cart$$Lambda$14/0x0000000800c8.run(Unknown Source)|com.shop.Cart$$Lambda$14/0x0000000800c8|run||-1",
        "com.shop.CartTest.an empty cart (of one) costs nothing(CartTest.kt:9)|com.shop.CartTest|an empty cart (of one) costs nothing|CartTest.kt|9",
        "shop.cart$total$fn__123.invoke(cart.clj:7)|shop.cart$total$fn__123|invoke|cart.clj|7",
        "shop.Cart.$anonfun$total$1(Cart.scala:7)|shop.Cart|$anonfun$total$1|Cart.scala|7",
        "läden.Kasse.öffnen(Kasse.java:3)|läden.Kasse|öffnen|Kasse.java|3",
        "_COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)|_COROUTINE._BOUNDARY|_|CoroutineDebugging.kt|46",
      })
  void aFrameIsReadWithoutItsDecorations(
      String frame, String type, String method, String file, int line) {
    StackFrame expected = new StackFrame(type, method, file, line);

    assertThat(only("com.shop.ItemMissing: x", "\tat " + frame).frames()).containsExactly(expected);
    assertThat(only("com.shop.ItemMissing: x", "  at " + frame).frames()).containsExactly(expected);
    assertThat(only("com.shop.ItemMissing: x", "at " + frame).frames()).containsExactly(expected);
    assertThat(only("com.shop.ItemMissing: x", "#011at " + frame).frames())
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.IllegalStateException: no item|java.lang.IllegalStateException|no item",
        "java.lang.IllegalStateException|java.lang.IllegalStateException|",
        "2024-05-01 12:00:00 ERROR shop - java.io.IOException: disk|java.io.IOException|disk",
        "till failed: java.io.IOException: disk|java.io.IOException|disk",
        "Exception in thread \"a b\" com.shop.Boom: x|com.shop.Boom|x",
        "com.shop.Catastrophe: x|com.shop.Catastrophe|x",
        "scala.MatchError: 3 (of class X)|scala.MatchError|3 (of class X)",
        "com.shop.Cart$Missing$1: a: b|com.shop.Cart$Missing$1|a: b",
      })
  void theTypeIsFoundInTheHeader(String header, String type, String message) {
    ThrownError error = only(header, "\tat com.shop.Cart.total(Cart.java:12)");

    assertThat(error.type()).isEqualTo(type);
    assertThat(error.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the till looks at a.b (c) again",
        "  at the till",
        "Error: nothing below this line",
        "java.io.IOException: logged without a trace",
        "see #12 for details",
        "from the shop: 12:30",
        "12: the answer",
        "goroutine 1 is fine",
        "thread 'main' is fine",
        "joe@shop:12",
        "... 12 more",
        "}",
        "note: nothing",
      })
  void anOrdinaryLineIsNoTrace(String line) {
    assertThat(extract("words\n" + line + "\nwords\n")).isEmpty();
  }

  @Test
  void aTraceAfterALoggedExceptionWithoutFramesStandsAlone() {
    List<StackTrace> found =
        extract(
            "java.io.IOException: logged only\nCaused by: a.b.Cause: x\nwords\n"
                + "java.lang.Error: y\n\tat a.b.C.d(C.java:1)\n");

    assertThat(found)
        .extracting(t -> t.error().type())
        .containsExactly("java.io.IOException", "java.lang.Error");
    assertThat(found).extracting(StackTrace::lines).containsExactly(2, 2);
  }

  @Test
  void twoTracesInARowAreTwo() {
    String trace =
        "java.lang.Error: y\n\tat a.b.C.d(C.java:1)\nCaused by: a.b.C: z\n\t... 1 more\n";

    assertThat(extract(trace + trace)).extracting(StackTrace::firstLine).containsExactly(0, 4);
  }

  @Test
  void aTraceInTheMiddleOfAHeaderRecordBeginsAtItsHeader() {
    List<StackTrace> found =
        extract(
            "2024-05-01 12:00 ERROR shop - till failed\na.b.TillError: x\n\tat a.b.C.d(C.java:1)");

    assertThat(found.get(0).firstLine()).isEqualTo(1);
    assertThat(found.get(0).lines()).isEqualTo(2);
  }

  @Test
  void aTraceCutByTheEndOfTheTextIsMarkedTruncated() {
    List<StackTrace> found = extract("a.b.TillError: x\n\tat a.b.C.d(C.java:1)\n\tat a.b.C");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).truncated()).isTrue();
    assertThat(found.get(0).lines()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at a.b.C.d(C.java:1)|... 12 frames truncated|true",
        "at a.b.C.d(C.java:1)|... 12 frames excluded|false",
        "at a.b.C.d(C.java:1)|at a.b.C.e(C.java:2)|false",
        "at a.b.C.d(C.java:1)|Caused by: a.b.E: x;... 1 more|false",
        "at a.b.C.d(C.java:1)|Caused by: a.b.E: x;... 2 more|true",
        "at a.b.C.d(C.java:1) [3 skipped]|Caused by: a.b.E: x;... 4 common frames omitted|false",
        "at a.b.C.d(C.java:1)|Wrapped by: a.b.E: x;... 4 common frames omitted|false",
      })
  void aTraceThatALimitCutShortIsMarkedWhereTheTextTells(
      String frame, String rest, boolean truncated) {
    List<StackTrace> found =
        extract("a.b.TillError: x\n" + frame + '\n' + rest.replace(';', '\n') + "\nwords");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).truncated()).isEqualTo(truncated);
  }

  @Test
  void aGoDumpWithFramesElidedIsMarkedTruncated() {
    List<StackTrace> found =
        extract(
            "panic: x\n\ngoroutine 1 [running]:\nmain.f()\n\t/a.go:3 +0x1\n"
                + "...additional frames elided...\ncreated by main.g\n\t/a.go:9 +0x1\n");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).truncated()).isTrue();
  }

  @Test
  void reactorSectionsBelongToTheTrace() {
    ThrownError error =
        only(
            "java.lang.IndexOutOfBoundsException: too many",
            "\tat reactor.core.publisher.MonoSingle.onNext(MonoSingle.java:134)",
            "\tSuppressed: reactor.core.publisher.FluxOnAssembly$OnAssemblyException: ",
            "Assembly trace from producer [reactor.core.publisher.MonoSingle] :",
            "\treactor.core.publisher.Flux.single(Flux.java:8100)",
            "\tcom.shop.Cart.total(Cart.java:12)",
            "Error has been observed at the following site(s):",
            "\t*__Flux.single ⇢ at com.shop.Cart.total(Cart.java:12)",
            "\t|_ checkpoint ⇢ the till",
            "Original Stack Trace:",
            "\t\tat reactor.core.publisher.MonoSingle.onNext(MonoSingle.java:134)",
            "\t\tat com.shop.Cart.total(Cart.java:12)");

    assertThat(error.frames()).hasSize(1);
    assertThat(error.suppressed()).hasSize(1);
    assertThat(error.suppressed().get(0).frames()).hasSize(2);
  }

  @Test
  void composedExceptionsAreMembers() {
    ThrownError error =
        only(
            "rx.exceptions.CompositeException: 2 exceptions occurred. ",
            "\tat a.b.C.d(C.java:1)",
            "  ComposedException 1 :",
            "\tjava.lang.IllegalStateException: one",
            "\t\tat a.b.C.e(C.java:2)",
            "  ComposedException 2 :",
            "\tjava.io.IOException: two",
            "\t\tat a.b.C.f(C.java:3)");

    assertThat(error.suppressed())
        .extracting(ThrownError::type)
        .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
  }

  @Test
  void rmiHeadersOfTwoLinesBelongTogether() {
    ThrownError error =
        only(
            "java.rmi.ConnectException: refused to host: till; nested exception is:",
            "\tjava.net.ConnectException: refused",
            "\tat a.b.C.d(C.java:1)");

    assertThat(error.type()).isEqualTo("java.rmi.ConnectException");
  }

  @Test
  void geckoFramesAreRead() {
    ThrownError error =
        only(
            "Error: no item",
            "total@https://shop.example/cart.js:3:14",
            "Cart.prototype.show@https://shop.example/cart.js:9:1",
            "@https://shop.example/cart.js:12:1",
            "forEach@[native code]");

    assertThat(error.frames())
        .containsExactly(
            new StackFrame("", "total", "https://shop.example/cart.js", 3),
            new StackFrame("Cart.prototype", "show", "https://shop.example/cart.js", 9),
            new StackFrame("", "<anonymous>", "https://shop.example/cart.js", 12),
            new StackFrame("", "forEach", null, -1));
  }

  @Test
  void dotnetInnerErrorsAndSeparatorsAreRead() {
    ThrownError error =
        only(
            "Unhandled exception. System.InvalidOperationException: no item",
            " ---> System.FormatException: bad input",
            "   at Shop.Cart.Load(Int32 id, String name) in C:\\shop\\Cart.cs:line 12",
            "   at Shop.Cart.<TotalAsync>d__2.MoveNext()",
            "--- End of stack trace from previous location ---",
            "   at Shop.Cart..ctor()",
            "   --- End of inner exception stack trace ---",
            "   at Shop.Program.<Main>(String[] args)");

    assertThat(error.type()).isEqualTo("System.InvalidOperationException");
    assertThat(error.frames()).containsExactly(new StackFrame("Shop.Program", "<Main>", null, -1));
    assertThat(Objects.requireNonNull(error.cause()).frames())
        .containsExactly(
            new StackFrame("Shop.Cart", "Load", "C:\\shop\\Cart.cs", 12),
            new StackFrame("Shop.Cart.<TotalAsync>d__2", "MoveNext", null, -1),
            new StackFrame("Shop.Cart", ".ctor", null, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bei", "à", "в", "en", "w", "在"})
  void localisedDotnetFramesAreRead(String at) {
    ThrownError error =
        only(
            "System.InvalidOperationException: x",
            "   " + at + " Shop.Cart.Load(Int32 id) in C:\\shop\\Cart.cs:12",
            "   " + at + " Shop.Cart.Total()");

    assertThat(error.frames())
        .containsExactly(
            new StackFrame("Shop.Cart", "Load", "C:\\shop\\Cart.cs", 12),
            new StackFrame("Shop.Cart", "Total", null, -1));
  }

  @Test
  void rubyThreeFourQuotesAndReverseOrderAreRead() {
    assertThat(
            only(
                    "cart.rb:3:in 'Shop::Cart#total': no item (KeyError)",
                    "\tfrom cart.rb:7:in 'block in Shop::Cart.all'",
                    "\tfrom cart.rb:9:in '<main>'")
                .frames())
        .containsExactly(
            new StackFrame("Shop::Cart", "total", "cart.rb", 3),
            new StackFrame("Shop::Cart", "block in all", "cart.rb", 7),
            new StackFrame("", "<main>", "cart.rb", 9));
    ThrownError reversed =
        only(
            "Traceback (most recent call last):",
            "\t2: from cart.rb:9:in `<main>'",
            "\t1: from cart.rb:7:in `all'",
            "cart.rb:3:in `total': no item (KeyError)");
    assertThat(reversed.type()).isEqualTo("KeyError");
    assertThat(reversed.frames()).extracting(StackFrame::line).containsExactly(3, 7, 9);
  }

  @Test
  void aRailsErrorIsRead() {
    ThrownError error =
        only(
            "NoMethodError (undefined method `x' for nil):",
            "  ",
            "app/models/cart.rb:12:in `total'",
            "app/models/cart.rb:3:in `show'");

    assertThat(error.type()).isEqualTo("NoMethodError");
    assertThat(error.message()).isEqualTo("undefined method `x' for nil");
    assertThat(error.frames()).hasSize(2);
  }

  @Test
  void aServedGoPanicBeginsAtItsLogLine() {
    ThrownError error =
        only(
            "2024/05/01 12:00:00 http: panic serving 10.0.0.1:1234: no item",
            "goroutine 33 [running]:",
            "net/http.(*conn).serve.func1()",
            "\t/go/src/net/http/server.go:1850 +0xbf",
            "panic({0x1, 0x2})",
            "\t/go/src/runtime/panic.go:890 +0x262",
            "created by net/http.(*Server).Serve in goroutine 1",
            "\t/go/src/net/http/server.go:3102 +0x4db");

    assertThat(error.frames())
        .containsExactly(
            new StackFrame("net/http", "(*conn).serve.func1", "/go/src/net/http/server.go", 1850),
            new StackFrame("", "panic", "/go/src/runtime/panic.go", 890));
  }

  @Test
  void anOldRustPanicIsRead() {
    ThrownError error =
        only(
            "thread 'main' panicked at 'no item', src/main.rs:4:6",
            "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace");

    assertThat(error.type()).isEqualTo("panic");
    assertThat(error.message()).isEqualTo("no item");
  }

  @Test
  void aSyslogLineWithEscapedLineFeedsIsATrace() {
    List<StackTrace> found =
        extract("words\n<11>shop: a.b.TillError: x#012#011at a.b.C.d(C.java:1)#012\nwords");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).firstLine()).isEqualTo(1);
    assertThat(found.get(0).lines()).isEqualTo(1);
    assertThat(found.get(0).error().frames()).hasSize(1);
  }

  @Test
  void jsonEscapedTwiceIsATrace() {
    assertThat(
            extract(
                "{\"m\":\"{\\\"t\\\":\\\"a.b.TillError: x\\\\n\\\\tat a.b.C.d(C.java:1)\\\"}\"}"))
        .hasSize(1);
  }

  @Test
  void whatThisJvmPrintsIsWhatItHolds() {
    Throwable thrown = new IllegalStateException("outer", new IOException("inner\nof two lines"));
    thrown.addSuppressed(new UnsupportedOperationException());
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));

    ThrownError error = extract(text.toString()).get(0).error();

    assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.message()).isEqualTo("outer");
    List<String> expected = new ArrayList<>();
    for (StackTraceElement e : thrown.getStackTrace()) {
      expected.add(e.getClassName() + '#' + e.getMethodName() + ':' + e.getLineNumber());
    }
    assertThat(error.frames())
        .extracting(f -> f.className() + '#' + f.method() + ':' + f.line())
        .containsExactlyElementsOf(expected);
    assertThat(error.suppressed().get(0).message()).isNull();
    assertThat(Objects.requireNonNull(error.cause()).message()).isEqualTo("inner\nof two lines");
  }

  @Test
  void mutatedTracesNeverThrowAndTracesNeverOverlap() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (Path file : StackTraceSpecTest.traces().toList()) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < 4000) {
        seeds.add(bytes);
      }
    }
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = mutated(seeds, random);
      int end = 0;
      for (StackTrace trace : StackTraces.extractor().extract(text, 0, text.length)) {
        assertThat(trace.firstLine()).isGreaterThanOrEqualTo(end == 0 ? 0 : end - 1);
        assertThat(trace.lines()).isPositive();
        end = trace.firstLine() + trace.lines();
      }
    }
  }

  private static byte[] mutated(List<byte[]> seeds, Random random) {
    byte[] one = seeds.get(random.nextInt(seeds.size()));
    byte[] two = seeds.get(random.nextInt(seeds.size()));
    int cut = random.nextInt(one.length + 1);
    int from = random.nextInt(two.length + 1);
    byte[] text = new byte[cut + two.length - from];
    System.arraycopy(one, 0, text, 0, cut);
    System.arraycopy(two, from, text, cut, two.length - from);
    for (int i = random.nextInt(8); i > 0 && text.length > 0; i--) {
      byte[] marks = "\n\t (){}[]:\\\"#@.0a\u00e4".getBytes(UTF_8);
      text[random.nextInt(text.length)] =
          random.nextBoolean() ? (byte) random.nextInt(256) : marks[random.nextInt(marks.length)];
    }
    return text;
  }
}
