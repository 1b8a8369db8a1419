package io.logsense.junit;

import io.logsense.Analysis;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.LogTap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What is logged from its making until it is closed. JUnit closes that of a whole run. */
final class LoggedRun implements AutoCloseable {
  private static final int MOST_SHOWN = 10;

  private final String owner;
  private final String name;
  private final Consumer<List<Group>> check;
  private final Consumer<String> out;
  private final List<LogTap.Opened> taps = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Begins to count.
   *
   * @param owner the id of the class or the run
   * @param name as it stands in the report
   */
  LoggedRun(
      String owner,
      String name,
      AppenderSettings settings,
      Consumer<List<Group>> check,
      Consumer<String> out) {
    this.owner = owner;
    this.name = name;
    this.check = check;
    this.out = out;
    for (ServiceLoader.Provider<LogTap> provider : providers()) {
      try {
        LogTap tap = provider.get();
        if (tap.isInUse()) {
          taps.add(tap.open(settings, warnings::add));
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // The module of a library that is not on the class path itself: it is not in use.
      }
    }
    if (taps.isEmpty()) {
      warnings.add("no logging library to listen to; add logsense-logback, -log4j2 or -jul");
    }
  }

  private static List<ServiceLoader.Provider<LogTap>> providers() {
    return ServiceLoader.load(LogTap.class).stream().toList();
  }

  boolean isOf(String id) {
    return owner.equals(id);
  }

  /**
   * Reports, once.
   *
   * @throws AssertionError when the check throws it
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    long events = 0;
    List<Group> groups = new ArrayList<>();
    for (LogTap.Opened tap : taps) {
      Analysis logged = tap.stopCounting();
      events += logged.events();
      groups.addAll(logged.groups());
    }
    List<Group> problems =
        groups.stream().filter(group -> group.severity().atLeast(Severity.WARN)).toList();
    if (!problems.isEmpty() || !warnings.isEmpty()) {
      out.accept(report(events, problems));
    }
    check.accept(List.copyOf(groups));
  }

  /** The worst first; of equals, the most frequent. */
  private String report(long events, List<Group> problems) {
    StringBuilder text = new StringBuilder(256);
    text.append("LogSense: ").append(problems.size());
    text.append(problems.size() == 1 ? " problem" : " problems").append(" among ").append(events);
    text.append(" events that ").append(name).append(" logged");
    problems.stream()
        .sorted(
            Comparator.comparing(Group::severity)
                .thenComparing(Group::count)
                .reversed()
                .thenComparing(Group::id))
        .limit(MOST_SHOWN)
        .forEach(group -> describe(group, text));
    if (problems.size() > MOST_SHOWN) {
      text.append("\n  and ").append(problems.size() - MOST_SHOWN).append(" more");
    }
    warnings.forEach(warning -> text.append("\n  ").append(warning));
    return text.toString();
  }

  private static void describe(Group group, StringBuilder text) {
    text.append("\n  ").append(group.severity()).append(' ').append(group.count()).append(" x ");
    text.append(group.title());
    if (!group.location().isEmpty()) {
      text.append(" at ").append(group.location());
    }
    text.append(" [").append(group.id()).append(']');
  }
}
