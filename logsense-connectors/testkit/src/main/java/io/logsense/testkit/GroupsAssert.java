package io.logsense.testkit;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about groups. Users call it; see {@link LogSenseAssertions}. */
public final class GroupsAssert extends AbstractAssert<GroupsAssert, Collection<Group>> {
  private static final int MOST_SHOWN = 20;

  GroupsAssert(Collection<Group> groups) {
    super(groups, GroupsAssert.class);
  }

  /**
   * Asserts that a baseline lists all groups of errors, which are those at {@link Severity#ERROR}
   * or worse and those with a stack trace.
   *
   * <p>The baseline is a text file of one group a line: its id, its kind and, for readers, its
   * title; lines that begin with {@code #} are comments and stay with the line below them. Edit it
   * by hand, or run the test once with {@code -Dlogsense.baseline=update}: that adds what is new,
   * in the order of ids, creates the file when there is none, and removes nothing.
   *
   * @throws AssertionError when a group is not listed, with the line that would accept it; when
   *     there is no baseline; or when a line of it is damaged
   */
  public GroupsAssert hasNoNewErrorGroups(Path baseline) {
    isNotNull();
    List<Group> errors = actual.stream().filter(GroupsAssert::isError).toList();
    if (Baseline.isUpdated()) {
      Baseline.readIfExists(baseline).with(errors).write(baseline);
      return this;
    }
    Baseline known = Baseline.read(baseline);
    List<Group> fresh = errors.stream().filter(group -> !known.contains(group)).toList();
    if (!fresh.isEmpty()) {
      throw new AssertionError(message(fresh, baseline));
    }
    return this;
  }

  private static boolean isError(Group group) {
    return group.kind() == GroupKind.EXCEPTION || group.severity().atLeast(Severity.ERROR);
  }

  private static String message(List<Group> fresh, Path baseline) {
    StringBuilder text = new StringBuilder();
    text.append(fresh.size() == 1 ? "1 error group is" : fresh.size() + " error groups are");
    text.append(" not in ").append(baseline).append(":\n");
    for (Group group : fresh.subList(0, Math.min(MOST_SHOWN, fresh.size()))) {
      describe(group, text);
    }
    if (fresh.size() > MOST_SHOWN) {
      text.append("\nand ").append(fresh.size() - MOST_SHOWN).append(" more\n");
    }
    return text.append("\nTo accept all of them, run once with ")
        .append(Baseline.UPDATE)
        .append('\n')
        .toString();
  }

  private static void describe(Group group, StringBuilder text) {
    LogEvent first = group.representative();
    text.append("\n  ").append(group.count()).append(" x ").append(Baseline.line(group.title()));
    if (!group.location().isEmpty()) {
      text.append("\n    at       ").append(Baseline.line(group.location()));
    }
    text.append("\n    first    ");
    first.instant().map(Instant::toString).ifPresent(time -> text.append(time).append(' '));
    text.append(first.severity()).append(' ').append(Baseline.line(first.message()));
    text.append("\n    accept   ").append(Baseline.entry(group)).append('\n');
  }
}
