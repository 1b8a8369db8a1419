package io.logsense.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriOptionsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @Test
  void optionsAreReadByTheirNames() {
    UriOptions options =
        UriOptions.of(URI.create("kafka://h/t?group=my%20group&wait=15m&most=7&from=24h"));

    assertThat(options.text("group")).contains("my group");
    assertThat(options.text("other")).isEmpty();
    assertThat(options.duration("wait")).contains(Duration.ofMinutes(15));
    assertThat(options.number("most", 1, 10)).contains(7);
    assertThat(options.instant("from", InstantSource.fixed(NOW)))
        .contains(Instant.parse("2026-01-31T00:00:00Z"));
    options.done();
  }

  @Test
  void whatNobodyAskedForIsRefusedByName() {
    UriOptions options = UriOptions.of(URI.create("kafka://h/t?gruop=x"));
    options.text("group");

    assertThatThrownBy(options::done)
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("'gruop'")
        .hasMessageContaining("group");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "1x", "99999999999999999999h", "P1"})
  void whatIsNoLengthOfTimeIsRefused(String value) {
    UriOptions options = UriOptions.of(URI.create("kafka://h/t?wait=" + value));

    assertThatThrownBy(() -> options.duration("wait"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("wait is '" + value + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "x", "99999999999"})
  void whatIsNoNumberWithinBoundsIsRefused(String value) {
    UriOptions options = UriOptions.of(URI.create("kafka://h/t?most=" + value));

    assertThatThrownBy(() -> options.number("most", 1, 10))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("from 1 to 10");
  }

  @Test
  void aFlagIsTrueWhenItIsNamed() {
    UriOptions options = UriOptions.of(URI.create("kafka://h/t?a&b=true&c=false&d=yes"));

    assertThat(options.flag("a")).isTrue();
    assertThat(options.flag("b")).isTrue();
    assertThat(options.flag("c")).isFalse();
    assertThat(options.flag("absent")).isFalse();
    assertThatThrownBy(() -> options.flag("d")).hasMessageContaining("d is 'yes'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kafka://me:secret@h/t", "kafka://me:secret@h:1,h2:2/t", "kafka://secret@h/t"})
  void passwordsAreRefusedWithoutBeingRepeated(String uri) {
    assertThatThrownBy(() -> UriOptions.of(URI.create(uri)))
        .isInstanceOf(LogSenseException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatIsGivenTwiceIsRefused() {
    assertThatThrownBy(() -> UriOptions.of(URI.create("kafka://h/t?a=1&a=2")))
        .hasMessageContaining("twice");
  }
}
