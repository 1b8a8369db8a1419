package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprint;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static ThrownError error(String type, @Nullable ThrownError cause, String... functions) {
    List<StackFrame> frames =
        Stream.of(functions).map(name -> new StackFrame("a.B", name, "B.java", 1)).toList();
    return new ThrownError(type, "message", frames, 0, cause, List.of());
  }

  private static Fingerprint site(ThrownError error, boolean truncated) {
    return new FrameFingerprints(List.of(), List.of(), List.of())
        .of(new StackTrace("java", error, 0, 1, truncated))
        .site();
  }

  private static Fingerprint site(String... functions) {
    return site(error("E", null, functions), false);
  }

  @Test
  void theWayToAFaultDoesNotMatter() {
    assertThat(site("total", "pay", "order", "web"))
        .isEqualTo(site("total", "pay", "refund", "job"));
    assertThat(site("total", "web")).isEqualTo(site("total", "job"));
  }

  @Test
  void theTwoFramesAtTheThrowPointMatter() {
    assertThat(site("total", "pay", "web")).isNotEqualTo(site("sum", "pay", "web"));
    assertThat(site("total", "pay", "web")).isNotEqualTo(site("total", "refund", "web"));
  }

  @Test
  void aFrameThatIsAloneIsTheSite() {
    assertThat(site("web")).isNotEqualTo(site("job"));
  }

  @Test
  void guardsDoNotCountTowardsTheFrames() {
    assertThat(site("checkSum", "total", "pay", "web"))
        .isNotEqualTo(site("checkSum", "total", "refund", "web"));
    assertThat(site("throwBadSum", "checkSum", "total", "pay", "web"))
        .isNotEqualTo(site("throwBadSum", "checkSum", "total", "refund", "web"));
  }

  @Test
  void guardsRemainPartOfTheSite() {
    assertThat(site("checkSum", "total", "pay", "web"))
        .isNotEqualTo(site("checkTax", "total", "pay", "web"));
  }

  @Test
  void aGuardBehindAnotherFrameIsAFrame() {
    assertThat(site("total", "checkSum", "pay", "web"))
        .isEqualTo(site("total", "checkSum", "refund", "web"));
  }

  @Test
  void aTraceThatWasCutKeepsItsSite() {
    assertThat(site(error("E", null, "total", "pay"), true))
        .isEqualTo(site("total", "pay", "order", "web"));
  }

  @Test
  void aCauseWithoutFramesLeavesTheSiteToWhatWrapsIt() {
    ThrownError cause = error("Cause", null);
    assertThat(site(error("E", cause, "total", "pay", "web"), false))
        .isEqualTo(site(error("F", cause, "total", "pay", "job"), false))
        .isNotEqualTo(site(error("E", cause, "sum", "pay", "web"), false));
  }
}
