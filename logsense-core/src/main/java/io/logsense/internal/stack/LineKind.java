package io.logsense.internal.stack;

/** What the bytes of one line say about its place in a stack trace, without any context. */
enum LineKind {
  /** Nothing that belongs to a stack trace only. */
  TEXT,
  BLANK,

  /** {@code at com.shop.Cart.total(Cart.java:12)} and the like, unmistakably. */
  AT_FRAME,
  /** Starts with {@code at}, and is a frame only where frames are expected. */
  AT_MAYBE,
  /** {@code Caused by:}, {@code Wrapped by:}, {@code Suppressed:}, {@code ---> }: a header. */
  NESTED_HEADER,
  /** {@code ... 12 more}, {@code --- End of ...}, {@code [CIRCULAR REFERENCE: ...]}: no header. */
  DECORATION,
  /** The beginning of a section of a Reactor or coroutine trace, followed by text or frames. */
  SECTION,
  /** A closing brace or bracket of an inspected JavaScript error. */
  CLOSING,
  /** {@code Node.js v20.1.0}, the last line of an uncaught error. */
  NODE_VERSION,
  /** {@code [cause]: Error: ...} or {@code [errors]: [}. */
  JAVASCRIPT_PROPERTY,
  /** {@code [ERROR] FATAL UNHANDLED EXCEPTION: ...}: Mono prints the same error a second time. */
  MONO_REPEAT,
  /** {@code total@https://shop.example/cart.js:3:14}. */
  GECKO_FRAME,

  TRACEBACK,
  PYTHON_FRAME,
  /** "The above exception was ..." or "During handling of the above exception ...". */
  PYTHON_CHAIN,
  /** {@code +-+---------------- 1 ----------------}. */
  PYTHON_GROUP_RULE,
  /** {@code | ValueError: a} of an exception group. */
  PYTHON_GROUP_LINE,

  /** {@code goroutine 7 [running]:} or {@code runtime stack:}. */
  GOROUTINE,
  /** {@code /src/cart.go:12 +0x1d}, indented. */
  GO_LOCATION,
  /** {@code main.(*Cart).Total(0xc000014180)}. */
  GO_FUNCTION,
  /** {@code created by ...}, {@code ...additional frames elided...}, {@code exit status 2}. */
  GO_OTHER,

  /** {@code from cart.rb:3:in `total'}, or the same without {@code from}, indented. */
  RUBY_FRAME,
  /** {@code cart.rb:3:in `total': no such item (KeyError)}. */
  RUBY_HEADER,

  /** {@code Stack trace:}. */
  PHP_STACK_TRACE,
  /** {@code #0 /srv/cart.php(12): total()}. */
  PHP_FRAME,
  /** {@code thrown in /srv/cart.php on line 12}. */
  PHP_THROWN,
  /** {@code Next RuntimeException: ...}. */
  PHP_NEXT,

  /** {@code thread 'main' panicked at src/main.rs:2:5:}. */
  RUST_PANIC,
  /** {@code stack backtrace:}. */
  RUST_BACKTRACE,
  /** {@code 12: shop::cart::total}. */
  NUMBERED,
  /** {@code note: run with ...}. */
  RUST_NOTE
}
