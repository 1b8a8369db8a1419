package io.logsense.testkit;

import io.logsense.api.group.Group;
import java.util.Collection;

/**
 * Assertions about logs, for tests that must not log new errors:
 *
 * <pre>{@code
 * List<Group> groups = LogSense.analyze(Path.of("target/app.log")).groups();
 * LogSenseAssertions.assertThat(groups)
 *     .hasNoNewErrorGroups(Path.of("src/test/resources/known-errors.txt"));
 * }</pre>
 */
public final class LogSenseAssertions {
  private LogSenseAssertions() {}

  /** Begins an assertion about the groups of an analysis. */
  public static GroupsAssert assertThat(Collection<Group> groups) {
    return new GroupsAssert(groups);
  }
}
