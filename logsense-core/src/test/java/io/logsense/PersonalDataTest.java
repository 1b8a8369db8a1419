package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.group.Group;
import io.logsense.testkit.InMemoryLogSource;
import io.logsense.testkit.PersonalData;
import org.junit.jupiter.api.Test;

class PersonalDataTest {
  @Test
  void nothingOfItLeavesWithGroups() {
    StringBuilder told = new StringBuilder();
    Analysis analysis =
        LogSense.builder()
            .source(InMemoryLogSource.of("shop").add("shop", PersonalData.records()))
            .onNewGroup(group -> tell(group, told))
            .onAssignment(assignment -> told.append(assignment).append('\n'))
            .analyze();

    analysis.groups().forEach(group -> tell(group, told));
    assertThat(analysis.events()).isEqualTo(PersonalData.records().size());
    assertThat(told.toString()).contains("_REDACTED>");
    PersonalData.assertNoneIn(told);
  }

  private static void tell(Group group, StringBuilder told) {
    told.append(group)
        .append(group.title())
        .append(group.representative())
        .append(group.representative().attributes())
        .append(group.representative().exception())
        .append('\n');
  }
}
