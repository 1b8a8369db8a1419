package io.logsense.inprocess;

import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Quality;
import io.logsense.api.mask.Masker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The groups of what an application logs, counted where it is logged.
 *
 * <p>An event is identified by its throwable or else by its format string. The first of a group,
 * and one more each time a count has doubled, is described to the engine, which masks it, says what
 * group it belongs to and keeps it as an example; so that the ids are those that an analysis of the
 * written log finds. All others are counted in {@link Stripes} and told to the engine by {@link
 * #flush}, which allocates nothing and waits for nobody. A format string whose messages are of
 * several groups is looked up no more (see {@link RecentKeys}); its events are all described.
 *
 * <p>Memory: at most {@code mostGroups} groups of 64 bytes for each processor and severity, and two
 * tables of 4,096 keys. Events of further groups are counted in the group {@value #OTHER}.
 *
 * <p>Any number of threads add; one at a time flushes, summarises or closes.
 *
 * @param <E> the logging library's event
 */
final class EventGroups<E> {
  /** The engine's group of what it has no room for: it holds many problems, not one. */
  static final String OTHER = "other";

  private static final int LONGEST_TEMPLATE = 240;

  private final EventReader<E> reader;
  private final FrameFingerprinter frames;
  private final Masker masker;
  private final Engine engine;
  private final int mostGroups;
  private final @Nullable Reduction reduction;
  private final RecentKeys formats = new RecentKeys(8);
  private final RecentKeys traces = new RecentKeys(0);
  private final ConcurrentHashMap<String, LoggedGroup> groups = new ConcurrentHashMap<>();
  private final LoggedGroup other;
  private volatile boolean closed;

  /**
   * No groups yet, or those of an earlier life: their events are not new, and counts go on.
   *
   * @param mostGroups at least what the engine is limited to
   */
  EventGroups(
      EventReader<E> reader,
      FrameFingerprinter frames,
      Masker masker,
      Engine engine,
      int mostGroups,
      @Nullable Reduction reduction,
      @Nullable EventGroups<?> earlier) {
    this.reader = reader;
    this.frames = frames;
    this.masker = masker;
    this.engine = engine;
    this.mostGroups = mostGroups;
    this.reduction = reduction;
    other = new LoggedGroup(OTHER, "", OTHER, earlier == null ? 0 : earlier.other.count(), 0);
    if (earlier != null) {
      for (LoggedGroup group : earlier.groups.values()) {
        groups.put(group.id(), group(group.id(), group.logger(), group.template(), group.count()));
      }
    }
  }

  /** Counts an event; null if the engine's filter left it out. */
  @Nullable Sighting add(E event) {
    StackFingerprint print = reader.fingerprint(event, frames);
    String format = reader.format(event);
    LoggedGroup group = find(print, format);
    if (group == null) {
      return describe(event, print, format, false);
    }
    Stripes counts = group.counts(reader.severity(event));
    int stripe = Stripes.mine();
    if (counts.takeExample(stripe)) {
      return describe(event, print, format, true);
    }
    return counts.add(stripe, reader.epochNanos(event))
        ? reduced(event, group, counts, stripe)
        : group.full();
  }

  /** Whether an event that was counted is to be written. */
  private Sighting reduced(E event, LoggedGroup group, Stripes counts, int stripe) {
    return reduction != null
            && !group.takeAllowance()
            && counts.addReduced(stripe, reader.epochNanos(event))
        ? group.reduced()
        : group.full();
  }

  private @Nullable LoggedGroup find(@Nullable StackFingerprint print, @Nullable String format) {
    if (print != null) {
      return traces.find(print.strict(), part(print, format));
    }
    return format == null ? null : formats.find(format, null);
  }

  /** Throwables without frames look alike: what was logged tells them apart. */
  private static @Nullable String part(StackFingerprint print, @Nullable String format) {
    return print.quality() == Quality.MESSAGE ? format : null;
  }

  /**
   * Has the engine look at an event.
   *
   * @param isExample whether it is written whatever was written before
   */
  private @Nullable Sighting describe(
      E event, @Nullable StackFingerprint print, @Nullable String format, boolean isExample) {
    LogEvent.Builder out = LogEvent.builder();
    reader.describe(event, out);
    String id = engine.accept(out.build());
    if (id.isEmpty()) {
      return null;
    }
    LoggedGroup group = groups.get(id);
    boolean isNew = false;
    if (group == null) {
      if (groups.size() >= mostGroups || id.equals(OTHER)) {
        other.addDescribed();
        return other.full();
      }
      LoggedGroup made =
          group(id, out.logger(), template(format == null ? out.message() : format), 0);
      group = groups.putIfAbsent(id, made);
      isNew = group == null;
      group = isNew ? made : group;
      if (closed) {
        group.close();
      }
    }
    group.addDescribed();
    if (print != null) {
      traces.offer(print.strict(), part(print, format), group);
    } else if (format != null && isTelling(format)) {
      formats.offer(format, null, group);
    }
    if (isNew || isExample) {
      group.takeAllowance();
      return isNew ? new Sighting(group, true, false) : group.full();
    }
    return reduced(event, group, group.counts(reader.severity(event)), Stripes.mine());
  }

  /** Whether a format has words of its own, unlike <code>{}: {}</code>. */
  private static boolean isTelling(String format) {
    return format.chars().anyMatch(Character::isLetter);
  }

  private LoggedGroup group(String id, String logger, String template, long count) {
    return new LoggedGroup(id, logger, template, count, reduction == null ? 0 : reduction.first());
  }

  private String template(String format) {
    int end = format.indexOf('\n');
    String line = masker.mask(end < 0 ? format : format.substring(0, end)).strip();
    if (line.length() <= LONGEST_TEMPLATE) {
      return line;
    }
    int cut = Character.isHighSurrogate(line.charAt(LONGEST_TEMPLATE - 1)) ? 1 : 0;
    return line.substring(0, LONGEST_TEMPLATE - cut) + '…';
  }

  /** How many events were counted. */
  long count() {
    long count = other.count();
    for (LoggedGroup group : groups.values()) {
      count += group.count();
    }
    return count;
  }

  /** How many of them are left out of the log. */
  long reduced() {
    return groups.values().stream().mapToLong(LoggedGroup::reducedCount).sum();
  }

  /**
   * Tells the engine of the events that were only counted.
   *
   * @param failed told what the engine threw
   */
  void flush(Consumer<RuntimeException> failed) {
    for (LoggedGroup group : groups.values()) {
      try {
        group.flush(engine);
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
  }

  /** Says what was left out since the last call, and allows each group some more. */
  void summarise(Consumer<Summary> out) {
    if (reduction == null) {
      return;
    }
    for (LoggedGroup group : groups.values()) {
      Summary summary = group.summarise();
      group.allowance.set(summary == null ? reduction.first() : reduction.further());
      if (summary != null) {
        out.accept(summary);
      }
    }
  }

  /** Counts no more: what is still being added is neither counted nor left out. */
  void close() {
    closed = true;
    groups.values().forEach(LoggedGroup::close);
  }
}
