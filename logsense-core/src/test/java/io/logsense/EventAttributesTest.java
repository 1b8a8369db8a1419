package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import org.junit.jupiter.api.Test;

class EventAttributesTest {
  @Test
  void anEventKeepsItsAttributesWhateverItsBuilderDoesNext() {
    LogEvent.Builder builder = LogEvent.builder().attribute("a", "1").attribute("b", "2");
    LogEvent first = builder.build();
    LogEvent second = builder.attribute("c", "3").replaceAttributes((n, v) -> v + v).build();
    LogEvent third = builder.reset().attribute("d", "4").build();
    LogEvent fourth = builder.build();
    LogEvent fifth = builder.clearAttributes().build();
    assertThat(first.attributes()).hasToString("{a=1, b=2}");
    assertThat(second.attributes()).hasToString("{a=11, b=22, c=33}");
    assertThat(third.attributes()).hasToString("{d=4}").isEqualTo(fourth.attributes());
    assertThat(fifth.attributes()).isEmpty();
  }

  @Test
  void aBuilderThatStartsFromAnEventLeavesItAlone() {
    LogEvent event = LogEvent.builder().attribute("a", "1").build();
    LogEvent changed = event.toBuilder().attribute("a", "2").build();
    assertThat(event.attributes()).hasToString("{a=1}");
    assertThat(changed.attributes()).hasToString("{a=2}");
  }
}
