package io.logsense.internal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import org.junit.jupiter.api.Test;

final class LineMemoTest {
  private final LineMemo memo = new LineMemo();

  private static byte[] frame(int line) {
    return ("\tat com.shop.Cart.total(Cart.java:" + line + ")").getBytes(UTF_8);
  }

  private KnownLine read(byte[] line) {
    KnownLine known = memo.read(line, 0, line.length, LineKind.AT_FRAME);
    assertThat(known).isNotNull();
    return known;
  }

  @Test
  void aLineIsKeptWhenItIsSeenForTheSecondTime() {
    byte[] line = frame(12);

    assertThat(read(line).slot()).isNegative();
    assertThat(memo.find(LineMemo.NONE, line, 0, line.length)).isNull();
    KnownLine kept = read(line);
    assertThat(memo.find(LineMemo.NONE, line, 0, line.length)).isSameAs(kept);
    assertThat(kept.frame()).isEqualTo(new StackFrame("com.shop.Cart", "total", "Cart.java", 12));
  }

  @Test
  void whatIsFoundIsNeverAnotherLine() {
    int found = 0;
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 60_000; i++) {
        byte[] line = frame(i);
        KnownLine known = memo.find(LineMemo.NONE, line, 0, line.length);
        if (known == null) {
          read(line);
          read(line);
        } else {
          assertThat(known.is(line, 0, line.length)).isTrue();
          found++;
        }
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void theLineBehindIsRecognisedByItsBytesAndItsEnd() {
    byte[] text =
        "\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n\tat a.B.d(B.java:2) more".getBytes(UTF_8);
    int end = 19;
    byte[] first = java.util.Arrays.copyOfRange(text, 0, end);
    byte[] second = java.util.Arrays.copyOfRange(text, end + 1, 2 * end + 1);
    read(first);
    read(second);
    KnownLine one = read(first);
    KnownLine two = read(second);
    memo.find(one.slot(), text, end + 1, 2 * end + 1);

    int behind = memo.behind(one.slot());

    assertThat(memo.at(behind, text, end + 1, text.length)).isSameAs(two);
    assertThat(memo.at(behind, text, 2 * end + 2, text.length)).isNull();
    assertThat(memo.at(behind, text, end + 1, 2 * end)).isNull();
  }

  @Test
  void longLinesAreNotKept() {
    byte[] line = frame(12).clone();
    byte[] padded = java.util.Arrays.copyOf(line, 1000);

    assertThat(memo.read(padded, 0, padded.length, LineKind.AT_FRAME)).isNull();
    assertThat(memo.find(LineMemo.NONE, padded, 0, padded.length)).isNull();
  }
}
