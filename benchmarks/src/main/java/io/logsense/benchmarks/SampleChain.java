package io.logsense.benchmarks;

import java.util.Arrays;

/** Three chained throwables with 59, 64 and 70 frames, as a web application throws them. */
public final class SampleChain {
  private static final int[] FRAMES = {59, 64, 70};

  private SampleChain() {}

  /** A new chain; all chains have the same frames, as repetitions of one fault do. */
  public static Throwable newChain() {
    Throwable root = Storage.read(FRAMES[2]);
    Throwable inner = new IllegalStateException("cannot load order", cut(root, FRAMES[2]));
    Throwable outer =
        new RuntimeException("request failed", framed(inner, Orders.load(FRAMES[1]), FRAMES[1]));
    return framed(outer, Web.handle(FRAMES[0]), FRAMES[0]);
  }

  private static Throwable framed(Throwable throwable, Throwable model, int frames) {
    throwable.setStackTrace(model.getStackTrace());
    return cut(throwable, frames);
  }

  private static Throwable cut(Throwable throwable, int frames) {
    throwable.setStackTrace(Arrays.copyOf(throwable.getStackTrace(), frames));
    return throwable;
  }

  /** The innermost layer. */
  static final class Storage {
    private Storage() {}

    static Throwable read(int depth) {
      return depth == 0 ? new IllegalArgumentException("closed") : Page.fetch(depth - 1);
    }

    /** Called by turns. */
    static final class Page {
      private Page() {}

      static Throwable fetch(int depth) {
        return depth == 0 ? new IllegalArgumentException("closed") : read(depth - 1);
      }
    }
  }

  /** The middle layer. */
  static final class Orders {
    private Orders() {}

    static Throwable load(int depth) {
      return depth == 0 ? new IllegalStateException() : find(depth - 1);
    }

    static Throwable find(int depth) {
      return depth == 0 ? new IllegalStateException() : load(depth - 1);
    }
  }

  /** The outermost layer. */
  static final class Web {
    private Web() {}

    static Throwable handle(int depth) {
      return depth == 0 ? new RuntimeException() : filter(depth - 1);
    }

    static Throwable filter(int depth) {
      return depth == 0 ? new RuntimeException() : handle(depth - 1);
    }
  }
}
