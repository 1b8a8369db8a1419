package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Quality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FrameFingerprintsTest {
  private static final FrameFingerprints FINGERPRINTS =
      new FrameFingerprints(List.of(), List.of(), List.of());

  private static StackFrame frame(String name) {
    return frame(name, 10);
  }

  private static StackFrame frame(String name, int line) {
    int dot = name.lastIndexOf('.');
    return new StackFrame(name.substring(0, dot), name.substring(dot + 1), "X.java", line);
  }

  private static List<StackFrame> frames(String... names) {
    List<StackFrame> frames = new ArrayList<>();
    for (String name : names) {
      frames.add(frame(name));
    }
    return frames;
  }

  private static ThrownError error(String type, List<StackFrame> frames) {
    return new ThrownError(type, "message", frames, 0, null, List.of());
  }

  private static StackFingerprint of(ThrownError error) {
    return FINGERPRINTS.of(new StackTrace("java", error, 0, 1, false));
  }

  private static ThrownError parsed(Throwable t) {
    List<StackFrame> frames = new ArrayList<>();
    for (StackTraceElement e : t.getStackTrace()) {
      frames.add(
          new StackFrame(e.getClassName(), e.getMethodName(), e.getFileName(), e.getLineNumber()));
    }
    return new ThrownError(
        t.getClass().getName(),
        t.getMessage(),
        frames,
        0,
        t.getCause() == null ? null : parsed(t.getCause()),
        List.of());
  }

  /**
   * The same chain as a text has it: frames that the enclosing throwable ends with are left out.
   */
  private static ThrownError shortened(Throwable t, Throwable enclosing) {
    StackTraceElement[] mine = t.getStackTrace();
    StackTraceElement[] theirs =
        enclosing == null ? new StackTraceElement[0] : enclosing.getStackTrace();
    int common = 0;
    while (common < mine.length
        && common < theirs.length
        && mine[mine.length - 1 - common].equals(theirs[theirs.length - 1 - common])) {
      common++;
    }
    ThrownError whole = parsed(t);
    return new ThrownError(
        whole.type(),
        whole.message(),
        whole.frames().subList(0, mine.length - common),
        common,
        t.getCause() == null ? null : shortened(t.getCause(), t),
        List.of());
  }

  private static Throwable nested() {
    try {
      try {
        Integer.parseInt("x");
        throw new AssertionError();
      } catch (NumberFormatException e) {
        throw new IllegalStateException("inner", e);
      }
    } catch (IllegalStateException e) {
      return new IllegalArgumentException("outer", e);
    }
  }

  @Test
  void aLiveThrowableAndItsPrintedFormAreTheSame() {
    Throwable nested = nested();
    assertThat(of(parsed(nested))).isEqualTo(FINGERPRINTS.of(nested));
    assertThat(of(shortened(nested, null))).isEqualTo(FINGERPRINTS.of(nested));
  }

  @Test
  void linesMatterToTheExactIdentityOnly() {
    StackFingerprint before = of(error("E", List.of(frame("a.B.c", 1), frame("a.B.d", 2))));
    StackFingerprint after = of(error("E", List.of(frame("a.B.c", 3), frame("a.B.d", 2))));
    assertThat(after.exact()).isNotEqualTo(before.exact());
    assertThat(after.strict()).isEqualTo(before.strict());
    assertThat(after.site()).isEqualTo(before.site());
    assertThat(after.root()).isEqualTo(before.root());
  }

  @Test
  void levelsOfOneTraceNeverCoincide() {
    StackFingerprint one = of(error("E", frames("a.B.c")));
    assertThat(List.of(one.exact(), one.strict(), one.site(), one.root())).doesNotHaveDuplicates();
  }

  @Test
  void theBorderBetweenClassAndMethodCounts() {
    assertThat(of(error("E", frames("a.Bc.d"))).strict())
        .isNotEqualTo(of(error("E", frames("a.B.cd"))).strict());
    assertThat(of(error("Ea", frames("b.C.d"))).strict())
        .isNotEqualTo(of(error("E", frames("ab.C.d"))).strict());
  }

  @Test
  void orderTypeAndFrameEachTellTracesApart() {
    StackFingerprint base = of(error("E", frames("a.B.c", "a.B.d")));
    assertThat(of(error("E", frames("a.B.d", "a.B.c"))).strict()).isNotEqualTo(base.strict());
    assertThat(of(error("F", frames("a.B.c", "a.B.d"))).strict()).isNotEqualTo(base.strict());
    assertThat(of(error("E", frames("a.B.c", "a.B.e"))).strict()).isNotEqualTo(base.strict());
    assertThat(of(error("E", frames("a.B.c", "a.B.e"))).root()).isEqualTo(base.root());
  }

  @Test
  void framesOfRuntimeAndLibrariesDoNotMatterBesideTheApplications() {
    StackFingerprint bare = of(error("E", frames("com.shop.Cart.total", "com.shop.Main.main")));
    StackFingerprint called =
        of(
            error(
                "E",
                frames(
                    "java.util.Objects.requireNonNull",
                    "com.shop.Cart.total",
                    "jdk.internal.reflect.DirectMethodHandleAccessor.invoke",
                    "java.lang.reflect.Method.invoke",
                    "org.springframework.web.Some.invoke",
                    "com.shop.Main.main",
                    "java.lang.Thread.run")));
    assertThat(called.strict()).isEqualTo(bare.strict());
    assertThat(called.quality()).isEqualTo(Quality.FULL);
  }

  @Test
  void withoutAFrameOfTheApplicationLibrariesCountAndWithoutThoseTheRuntime() {
    StackFingerprint library = of(error("E", frames("io.netty.Loop.run", "java.lang.Thread.run")));
    assertThat(library.quality()).isEqualTo(Quality.SYSTEM);
    assertThat(of(error("E", frames("io.netty.Loop.run", "java.lang.VirtualThread.run"))).strict())
        .isEqualTo(library.strict());
    assertThat(of(error("E", frames("java.util.TimerThread.run"))).quality())
        .isEqualTo(Quality.SYSTEM);
  }

  @Test
  void prefixesOfTheApplicationOverruleTheBuiltInList() {
    FrameFingerprints configured =
        new FrameFingerprints(
            List.of("org.apache.shop"), List.of("org.apache.shop.gen"), List.of());
    List<FrameFingerprints.FrameUse> uses =
        configured.uses(
            new StackTrace(
                "java",
                error(
                    "E",
                    frames(
                        "org.apache.shop.gen.A.a",
                        "org.apache.shop.Cart.b",
                        "org.apache.shopping.C.c",
                        "com.other.D.d")),
                0,
                1,
                false));
    assertThat(uses)
        .extracting(FrameFingerprints.FrameUse::kept)
        .containsExactly(false, true, false, false);
  }

  @Test
  void aTransparentWrapperDoesNotMatterUnlessItIsAlone() {
    Throwable nested = nested();
    assertThat(FINGERPRINTS.of(new ExecutionException("later", nested)).strict())
        .isEqualTo(FINGERPRINTS.of(nested).strict());
    assertThat(of(error("java.util.concurrent.ExecutionException", frames("a.B.c"))).strict())
        .isNotEqualTo(of(error("java.util.concurrent.TimeoutException", frames("a.B.c"))).strict());
  }

  @Test
  void theDepthOfARecursionDoesNotMatterForCyclesOfUpToFour() {
    for (int period = 1; period <= 4; period++) {
      assertThat(of(recursion(period, 2)).strict()).isEqualTo(of(recursion(period, 200)).strict());
      assertThat(of(recursion(period, 3)).strict()).isEqualTo(of(recursion(period, 4)).strict());
    }
  }

  private static ThrownError recursion(int period, int times) {
    List<StackFrame> frames = new ArrayList<>(frames("a.Leaf.fail"));
    for (int i = 0; i < times; i++) {
      for (int k = 0; k < period; k++) {
        frames.add(frame("a.B.step" + (char) ('a' + k)));
      }
    }
    frames.add(frame("a.Main.main"));
    return error("E", frames);
  }

  @Test
  void aStackOverflowIsItsCycleWhereverItRanOut() {
    List<StackFrame> first = new ArrayList<>();
    List<StackFrame> second = new ArrayList<>(frames("a.Leaf.hash"));
    for (int i = 0; i < 1024; i++) {
      first.add(frame(i % 2 == 0 ? "a.B.ping" : "a.B.pong"));
      second.add(frame(i % 2 == 0 ? "a.B.pong" : "a.B.ping"));
    }
    StackFingerprint one = of(error("java.lang.StackOverflowError", first));
    StackFingerprint other = of(error("java.lang.StackOverflowError", second));
    assertThat(other.strict()).isEqualTo(one.strict());
    assertThat(other.site()).isEqualTo(one.site());
    assertThat(other.root()).isEqualTo(one.root());
  }

  @Test
  void aStackAsDeepAsTheJvmRecordsIsMarkedTruncated() {
    List<StackFrame> frames = new ArrayList<>(Collections.nCopies(1024, frame("a.B.down")));
    assertThat(of(error("E", frames)).quality()).isEqualTo(Quality.TRUNCATED);
  }

  @Test
  void withoutFramesTypeAndMessageClassCount() {
    StackFingerprint one = FINGERPRINTS.of(stackless("order 17 of 'ada' not found"));
    StackFingerprint other = FINGERPRINTS.of(stackless("order 4711 of 'bob' not found"));
    assertThat(one.quality()).isEqualTo(Quality.MESSAGE);
    assertThat(other.strict()).isEqualTo(one.strict());
    assertThat(FINGERPRINTS.of(stackless("no such order")).strict()).isNotEqualTo(one.strict());
    assertThat(FINGERPRINTS.of(stackless(null)).strict()).isNotEqualTo(one.strict());
  }

  private static Throwable stackless(String message) {
    return new IllegalStateException(message) {
      private static final long serialVersionUID = 1;

      @Override
      public synchronized Throwable fillInStackTrace() {
        return this;
      }
    };
  }

  @Test
  void aMessageNeverMattersWhereThereAreFrames() {
    assertThat(FINGERPRINTS.of(thrown("one"))).isEqualTo(FINGERPRINTS.of(thrown("two")));
  }

  private static Throwable thrown(String message) {
    Throwable t = new IllegalStateException(message);
    t.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 1)});
    return t;
  }

  @Test
  void aCircularChainEnds() {
    Throwable first = new IllegalStateException("first");
    Throwable second = new IllegalArgumentException("second", first);
    first.initCause(second);
    assertThat(FINGERPRINTS.of(first).quality()).isEqualTo(Quality.FULL);
    ThrownError echo =
        new ThrownError("java.lang.IllegalStateException", "first", List.of(), 0, null, List.of());
    ThrownError cause =
        new ThrownError(
            "java.lang.IllegalArgumentException",
            "second",
            parsedFrames(second),
            0,
            echo,
            List.of());
    ThrownError printed =
        new ThrownError(
            "java.lang.IllegalStateException", "first", parsedFrames(first), 0, cause, List.of());
    assertThat(of(printed)).isEqualTo(FINGERPRINTS.of(first));
  }

  private static List<StackFrame> parsedFrames(Throwable t) {
    Throwable bare = new Throwable();
    bare.setStackTrace(t.getStackTrace());
    return parsed(bare).frames();
  }

  @Test
  void hostileTracesGetAnAnswer() {
    List<StackFrame> many = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      many.add(frame("a.B" + random.nextInt(50) + ".m" + random.nextInt(50), random.nextInt()));
    }
    ThrownError deep = error("E", many);
    for (int i = 0; i < 5_000; i++) {
      deep = new ThrownError("W" + i, null, frames("a.B.c"), Integer.MAX_VALUE, deep, List.of());
    }
    assertThat(of(deep).quality()).isEqualTo(Quality.TRUNCATED);
    assertThat(of(error("", many)).strict()).isEqualTo(of(error("", many)).strict());
    assertThat(of(error("", List.of())).quality()).isEqualTo(Quality.MESSAGE);
    String odd = "$".repeat(5000) + "/".repeat(5000) + "lambda$$0__1-";
    assertThat(of(error(odd, List.of(new StackFrame(odd, odd, null, -7))))).isNotNull();
    assertThat(of(error("E", List.of(new StackFrame("", "", null, -1))))).isNotNull();
  }

  @Test
  void manyTracesOfOneFingerprinterDoNotDisturbEachOther() {
    List<StackFingerprint> first = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        StackFingerprint next = of(error("E", frames("a.B" + i + ".c", "a.B.d" + i)));
        if (round == 0) {
          first.add(next);
        } else {
          assertThat(next).isEqualTo(first.get(i));
        }
      }
    }
    assertThat(first.stream().map(StackFingerprint::strict).distinct()).hasSize(20_000);
  }

  @Test
  void theValueIsTheSameInEveryVersion() {
    StackFingerprint one =
        of(error("com.shop.CartException", frames("com.shop.Cart.total", "com.shop.Main.main")));
    assertThat(one.strict().toString()).isEqualTo("jf1:efe3105cf7a646409784b29938f4d56b");
  }
}
