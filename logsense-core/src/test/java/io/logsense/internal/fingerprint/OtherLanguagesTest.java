package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherLanguagesTest {
  private static final FrameFingerprints FINGERPRINTS =
      new FrameFingerprints(List.of(), List.of(), List.of());

  private static FrameFingerprints.FrameUse use(StackTrace trace) {
    return FINGERPRINTS.uses(trace).get(0);
  }

  private static StackTrace trace(String language, String owner, String function, String file) {
    StackFrame frame = new StackFrame(owner == null ? "" : owner, function, file, 7);
    return new StackTrace(
        language, new ThrownError("E", null, List.of(frame), 0, null, List.of()), 0, 1, false);
  }

  @ParameterizedTest
  @CsvSource({
    "python,, total, /srv/app-1/shop/cart.py,, total, /opt/releases/77/shop/cart.py",
    "python,, <module>, <ipython-input-12-abc>,, <module>, <ipython-input-3-def>",
    "javascript,, total, /static/main.3f2a1b9c.js,, total, /static/main.77aa1b0d.js",
    "javascript,, async total, /srv/a/cart.js,, total [as run], /opt/a/cart.js",
    "ruby,, block (2 levels) in total, /a/shop/cart.rb,, block in Cart#total, /b/shop/cart.rb",
    "php, App\\Cart, {closure}, /a/src/Cart.php, App\\Cart, {closure:App\\Cart::total():12}, /b/src/Cart.php",
    "go, main, (*Cart).Total.func1, /a/cart.go, main, (*Cart).Total.func2.1, /b/cart.go",
    "go, main, Sum[...], /a/cart.go, main, Sum, /b/cart.go",
    "rust, shop::cart, total::h0123456789abcdef, src/cart.rs, shop::cart, total::hfedcba9876543210, src/cart.rs",
    "rust, shop[1f2e3d4c]::cart, total, src/cart.rs, shop::cart, total::{{closure}}, src/cart.rs",
    "dotnet, Shop.Cart.<TotalAsync>d__12, MoveNext, Cart.cs, Shop.Cart, TotalAsync, Cart.cs",
    "dotnet, Shop.Cart.<>c__DisplayClass3_0, <Total>b__1, Cart.cs, Shop.Cart.<>c, <Total>b__0_1, Cart.cs",
    "dotnet, Shop.Box`1, Open[T](T value), Box.cs, Shop.Box, Open, Box.cs",
  })
  void aRebuildDoesNotChangeAFrame(
      String language,
      String owner,
      String function,
      String file,
      String laterOwner,
      String laterFunction,
      String laterFile) {
    assertThat(FINGERPRINTS.of(trace(language, laterOwner, laterFunction, laterFile)))
        .isEqualTo(FINGERPRINTS.of(trace(language, owner, function, file)));
  }

  @ParameterizedTest
  @CsvSource({
    "python,, total, /srv/shop/cart.py, APPLICATION",
    "python,, get, /venv/lib/python3.12/site-packages/requests/api.py, LIBRARY",
    "python,, loads, /usr/lib/python3.12/json/__init__.py, RUNTIME",
    "python,, _run, <frozen importlib._bootstrap>, RUNTIME",
    "javascript,, total, /srv/shop/cart.js, APPLICATION",
    "javascript,, handle, /srv/node_modules/express/lib/router.js, LIBRARY",
    "javascript,, emit, node:events, RUNTIME",
    "javascript,, JSON.parse,, RUNTIME",
    "ruby,, call, /usr/local/bundle/gems/rack-3.0.0/lib/rack/builder.rb, LIBRARY",
    "php,, handle, /srv/vendor/laravel/framework/src/Kernel.php, LIBRARY",
    "go, main, main, /srv/main.go, APPLICATION",
    "go, runtime, gopanic, /usr/local/go/src/runtime/panic.go, RUNTIME",
    "go, net/http, (*conn).serve, /usr/local/go/src/net/http/server.go, RUNTIME",
    "go, github.com/gin-gonic/gin, (*Context).Next, /go/pkg/mod/github.com/gin/context.go, LIBRARY",
    "rust, core::result, unwrap_failed, /rustc/abc/library/core/src/result.rs, RUNTIME",
    "rust, shop::cart, total, src/cart.rs, APPLICATION",
    "dotnet, System.Linq.Enumerable, First, , RUNTIME",
    "dotnet, Shop.Cart, Total, Cart.cs, APPLICATION",
  })
  void aFrameIsKnownByWhereItComesFrom(
      String language, String owner, String function, String file, FrameOrigin origin) {
    assertThat(use(trace(language, owner, function, file)).origin()).isEqualTo(origin);
  }
}
