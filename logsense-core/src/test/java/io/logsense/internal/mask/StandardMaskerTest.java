package io.logsense.internal.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.Maskers;
import io.logsense.api.mask.Masker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardMaskerTest {
  private static final Masker MASKER = Maskers.standard();

  /** Pieces that rules begin, join or end with; random texts are made of them. */
  private static final String[] PIECES = {
    "@",
    "a",
    "b.com",
    "%40",
    "1",
    "10.0.0.1",
    "2001:db8::1",
    "::",
    ":",
    "=",
    "://",
    "/",
    " ",
    "\n",
    "password",
    "token",
    "api_key",
    "Authorization",
    "Bearer ",
    "Basic ",
    "Cookie",
    "eyJhbGciOiJI",
    ".",
    "-",
    "--",
    "-----BEGIN ",
    "PRIVATE KEY-----",
    "\"",
    "'",
    "\\",
    "<",
    ">",
    "(",
    ")",
    "[",
    "{",
    "+49",
    "415-555-2671",
    "4111111111111111",
    "DE89370400440532013000",
    "123-45-6789",
    "ssn",
    ",",
    "&",
    ";",
    "<IP_REDACTED>",
    "_REDACTED>",
    "user:pw@",
    "ü",
    "\ud83d\ude00",
    "\ud83d",
    "\0",
    "%eth0",
    "ghp_0123456789abcdefghijABCDEFGHIJ",
    "sk-",
    "xoxb-0123456789",
    "ya29.",
    "AKIA",
    "4111 1111 1111 1111",
    "1 (415) 555-2671",
    "::ffff:",
    "secret",
    "<password>",
    "redis://phone",
  };

  @Test
  void aRealStackTraceComesBackAsTheSameInstance() {
    StringWriter trace = new StringWriter();
    Runnable lambda =
        () -> {
          throw new IllegalStateException("order 4711", new RuntimeException("disk 7 is full"));
        };
    try {
      List.of(lambda).forEach(Runnable::run);
    } catch (IllegalStateException e) {
      e.printStackTrace(new PrintWriter(trace));
    }
    String text = trace.toString();

    assertThat(text).contains("StandardMaskerTest.java:");
    assertThat(MASKER.mask(text)).isSameAs(text);
  }

  @Test
  void identityHashCodesOfRealObjectsSurvive() {
    for (Object object : List.of(new Object(), new int[1], new Thread(), MASKER, new byte[0][0])) {
      String text = "got " + object + " from " + object.getClass().getName() + '@' + 12345;
      assertThat(MASKER.mask(text)).isSameAs(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from 10.1.2.3:8080, mail a@b.org  | from <IP_REDACTED>:8080, mail <EMAIL_REDACTED>
          [fe80::1%eth0]:80 and 10.0.0.0/8  | [<IP_REDACTED>]:80 and <IP_REDACTED>/8
          10.0.0.1-10.0.0.9                 | <IP_REDACTED>-<IP_REDACTED>
          127.0.0.1 and ::1 and 0.0.0.0     | 127.0.0.1 and ::1 and 0.0.0.0
          db://u:p%40w@10.0.0.1/x           | db://u:<PASSWORD_REDACTED>@<IP_REDACTED>/x
          password=abc token=short          | password=<PASSWORD_REDACTED> token=short
          password=10.0.0.1                 | password=<PASSWORD_REDACTED>
          Authorization: Basic YTpiYmJiYg== | Authorization: Basic <TOKEN_REDACTED>
          db://phone=4155552671:pw@h        | db://phone=<PHONE_REDACTED>:<PASSWORD_REDACTED>@h
          10.0.0.1_password=x               | 10.0.0.1_password=<PASSWORD_REDACTED>
          key sk-abcdefghij0123456789 end   | key <KEY_REDACTED> end
          """)
  void oneTextMayHoldSeveralFindings(String text, String expected) {
    assertThat(MASKER.mask(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<EMAIL_REDACTED>",
        "mailto:<EMAIL_REDACTED>@<IP_REDACTED>",
        "password=<PASSWORD_REDACTED>",
        "Authorization: Bearer <TOKEN_REDACTED>",
        "https://u:<PASSWORD_REDACTED>@acme.io/",
        "a:<IP_REDACTED>:80",
      })
  void tokensAreNeverMaskedAgain(String text) {
    assertThat(MASKER.mask(text)).isSameAs(text);
  }

  @Test
  void noTextThrowsAndASecondRunChangesNothing() {
    Random random = new Random(42);
    for (int round = 0; round < 40_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(14); k >= 0; k--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String once = MASKER.mask(text.toString());
      assertThat(MASKER.mask(once)).as("masked from: %s", text).isSameAs(once);
    }
  }

  @Test
  void randomCharactersNeverThrow() {
    Random random = new Random(43);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(60); k >= 0; k--) {
        text.append((char) (random.nextInt(4) == 0 ? random.nextInt(65536) : random.nextInt(128)));
      }
      String once = MASKER.mask(text.toString());
      assertThat(MASKER.mask(once)).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "@",
        "a@",
        "@a.",
        "a@b.",
        "1.",
        "1.2.3.4.",
        "1-",
        "4111 ",
        ":",
        "::",
        "f:",
        "2001:",
        "=",
        "key=",
        "password={",
        "password=",
        "token=",
        "token=\"",
        "token='\"",
        "token=(",
        "authorization: digest {",
        "cookie:",
        "cookie:a",
        "eyJ",
        "eyJ.",
        ".eyJ",
        "a.eyJa",
        "Bearer ",
        "bearer =",
        "Basic YTp",
        "a://",
        "a://b:",
        "a://b:c@",
        "+1",
        "+1 ",
        "(415) ",
        "--",
        "--token ",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "sk-",
        "ghp_",
        "DE89 ",
        "DE",
        "password=,a",
        "token=a,b",
        "<",
        "<A_REDACTED",
        "%40",
        "a%40",
        "password=\\\"",
        "pwd=/",
      })
  void theNumberOfReadsIsLinearInTheText(String piece) {
    long small = reads(piece.repeat(4_000 / piece.length()));
    long large = reads(piece.repeat(32_000 / piece.length()));

    assertThat(large).isLessThan(small * 10 + 1_000);
    assertThat(large).isLessThan(32_000L * 400);
  }

  private static long reads(String text) {
    CountingText counting = new CountingText(text);
    TriggerScan scan = new TriggerScan(EnumSet.allOf(Rule.class));
    long span = scan.next(counting, 0);
    while (span != Span.NONE) {
      span = scan.next(counting, Span.end(span));
    }
    return counting.reads;
  }

  @Test
  void nothingIsAllocatedForATextWithoutFindings() {
    String text =
        "2026-11-21 08:45:12,123 INFO [main] c.a.s.Shop - order 4711 of Cart@1b2c3d took 12.5 ms:"
            + " key=abc, path=/srv/app v1.2.3 (build 42) 550e8400-e29b-41d4-a716-446655440000";
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      MASKER.mask(text);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      MASKER.mask(text);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(MASKER.mask(text)).isSameAs(text);
    assertThat(allocated / 10_000).isZero();
  }

  @Test
  void aTextWithFindingsCostsOneBufferAndTheResult() {
    String text = "connection from 10.1.2.3:8080 to 10.4.5.6:9090 closed by jane.roe@example.org";
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      MASKER.mask(text);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      MASKER.mask(text);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / 10_000).isLessThan(3L * (text.length() + 64) + 128);
  }

  @Test
  void namesOfFieldsSayWhetherTheirValuesAreSecret() {
    assertThat(SensitiveKeys.token("db.PASSWORD")).contains("<PASSWORD_REDACTED>");
    assertThat(SensitiveKeys.token("X-Api-Key")).contains("<KEY_REDACTED>");
    assertThat(SensitiveKeys.token("bypass")).isEmpty();
    assertThat(SensitiveKeys.token("")).isEmpty();
  }

  private static final class CountingText implements CharSequence {
    private final String text;
    private long reads;

    CountingText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      reads += end - start;
      return text.subSequence(start, end);
    }
  }
}
