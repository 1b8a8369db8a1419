package io.logsense.api.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
  private static final Subject JANE = Subject.of(" jane.roe@example.com ");

  @Test
  void blanksAroundItDoNotCountAndNobodyIsNamedInLogs() {
    assertThat(JANE.identifier()).isEqualTo("jane.roe@example.com");
    assertThat(JANE).isEqualTo(Subject.of("jane.roe@example.com"));
    assertThat(JANE.toString()).doesNotContain("jane");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by jane.roe@example.com",
        "by JANE.Roe@example.COM",
        "mailto:jane.roe%40example.com",
        "%6a%61%6E%65.roe%2540example.com",
        "{\"by\":\"jane.roe\\u0040example.com\"}",
        "{\"l\":\"{\\\"by\\\":\\\"\\\\u006aane.roe\\\\u0040example.com\\\"}\"}",
        "mary-jane.roe@example.com.au",
      })
  void aTextMentionsItAsItStandsAndEscaped(String text) {
    assertThat(JANE.isIn(text)).isTrue();
    assertThat(JANE.isIn(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    String redacted = JANE.redact(text);
    assertThat(redacted).contains(Subject.REDACTED).doesNotContain("roe");
    assertThat(JANE.redact(redacted)).isSameAs(redacted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jane.roe(at)example.com", "janeXroe@example.com", "jane.roe@example.co"})
  void aTextThatNamesAnotherDoesNot(String text) {
    assertThat(JANE.isIn(text)).isFalse();
    assertThat(JANE.redact(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "12", "123"})
  void base64HidesNothingWhereverItBegins(String before) {
    for (String who : new String[] {"jane.roe@example.com", "JANE.ROE@EXAMPLE.COM"}) {
      byte[] raw = (before + who + " failed?>~").getBytes(StandardCharsets.UTF_8);
      assertThat(JANE.isIn("raw=" + Base64.getEncoder().encodeToString(raw))).isTrue();
      assertThat(JANE.isIn("raw=" + Base64.getUrlEncoder().encodeToString(raw))).isTrue();
    }
    byte[] other = (before + "jane.doe@example.com").getBytes(StandardCharsets.UTF_8);
    assertThat(JANE.isIn(Base64.getEncoder().encodeToString(other))).isFalse();
  }

  @Test
  void recordsMayBeInUtf16() {
    String text = "x J\u00FCrgen M\u00FCller y";
    Subject subject = Subject.of("J\u00FCrgen M\u00FCller");
    assertThat(subject.isIn(text.getBytes(StandardCharsets.UTF_16LE))).isTrue();
    assertThat(subject.isIn(("\u0100" + text).getBytes(StandardCharsets.UTF_16))).isTrue();
    assertThat(subject.isIn(text.getBytes(StandardCharsets.ISO_8859_1))).isTrue();
    assertThat(subject.isIn("J\\u00fcrgen+M%C3%bcller")).isTrue();
    byte[] odd = ("x" + text).getBytes(StandardCharsets.UTF_16LE);
    odd = java.util.Arrays.copyOfRange(odd, 1, odd.length);
    assertThat(subject.isIn(odd)).isTrue();
    assertThat(subject.isIn(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "ab", " ab ", "a\nb c", "\uD83D ab", "redacted", "SUBJECT"})
  void whatNamesEverybodyOrNobodyIsRefused(String identifier) {
    assertThatThrownBy(() -> Subject.of(identifier)).isInstanceOf(LogSenseException.class);
  }

  @Test
  void theLongestIdentifierIsFound() {
    String longest = "J\u00FC/".repeat(66) + "\"\\";
    Subject subject = Subject.of(longest);
    assertThat(subject.isIn("x".repeat(100_000) + longest)).isTrue();
    assertThat(subject.isIn("\\".repeat(100_000))).isFalse();
    assertThatThrownBy(() -> Subject.of(longest + "x")).isInstanceOf(LogSenseException.class);
  }
}
