package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FastThrowLinkerTest {
  private static final String NULL_POINTER = "java.lang.NullPointerException";
  private static final FrameFingerprints FINGERPRINTS =
      new FrameFingerprints(List.of(), List.of(), List.of());

  private final FastThrowLinker linker = new FastThrowLinker(Level.SITE, 8);

  private static StackTrace trace(String type, String... methods) {
    List<StackFrame> frames =
        List.of(methods).stream().map(m -> new StackFrame("a.B", m, "B.java", 1)).toList();
    return new StackTrace(
        "java", new ThrownError(type, null, frames, 0, null, List.of()), 0, 1, false);
  }

  private Optional<StackFingerprint> link(StackTrace trace, String callSite) {
    return linker.link(trace, callSite, FINGERPRINTS.of(trace));
  }

  @Test
  void aTypeWithoutFramesIsTheFullTraceSeenAtTheSameCallSite() {
    link(trace(NULL_POINTER, "one"), "Cart");
    link(trace(NULL_POINTER, "two"), "Order");
    assertThat(link(trace(NULL_POINTER), "Order"))
        .contains(FINGERPRINTS.of(trace(NULL_POINTER, "two")));
  }

  @Test
  void atAnUnknownCallSiteTheTypeAloneSufficesWhenItIsUnambiguous() {
    link(trace(NULL_POINTER, "one"), "Cart");
    assertThat(link(trace(NULL_POINTER), "Order"))
        .contains(FINGERPRINTS.of(trace(NULL_POINTER, "one")));
    link(trace(NULL_POINTER, "two"), "Pay");
    assertThat(link(trace(NULL_POINTER), "Order")).isEmpty();
  }

  @Test
  void twoFaultsAtOneCallSiteAreNotGuessed() {
    link(trace(NULL_POINTER, "one"), "Cart");
    link(trace(NULL_POINTER, "two"), "Cart");
    assertThat(link(trace(NULL_POINTER), "Cart")).isEmpty();
  }

  @Test
  void anExceptionThatTheApplicationThrowsIsNeverLinked() {
    String type = "java.lang.IllegalStateException";
    link(trace(type, "one"), "Cart");
    assertThat(link(trace(type), "Cart")).isEmpty();
  }

  @Test
  void theOldestIsForgottenFirst() {
    link(trace(NULL_POINTER, "one"), "Cart");
    for (int i = 0; i < 8; i++) {
      link(trace("java.lang.ArithmeticException", "m" + i), "site" + i);
    }
    assertThat(link(trace(NULL_POINTER), "Cart")).isEmpty();
  }
}
