package io.logsense.cli;

import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Charts as SVG: the whole input by severity, and one group's trend. */
final class TimelineChart {
  private static final int MOST_BUCKETS = 80;
  private static final int WIDTH = 1160;
  private static final int LEFT = 44;
  private static final int PROBLEMS_TOP = 22;
  private static final int PROBLEMS_HEIGHT = 110;
  private static final int ALL_TOP = 146;
  private static final int ALL_HEIGHT = 26;
  private static final int TICKS = 6;

  private final TimeSpan span;
  private final List<Group> groups;
  private final int buckets;
  private final double step;

  TimelineChart(TimeSpan span, List<Group> groups) {
    this.span = span;
    this.groups = groups;
    buckets = span.evenShares(groups, MOST_BUCKETS);
    step = (double) (WIDTH - LEFT) / buckets;
  }

  /** Problems by severity above, all events below; a marker where a new problem begins. */
  String whole() {
    long[] errors = new long[buckets];
    long[] warnings = new long[buckets];
    long[] all = new long[buckets];
    for (Group group : groups) {
      long[] counts = span.counts(group, buckets);
      add(all, counts);
      if (group.severity().atLeast(Severity.ERROR)) {
        add(errors, counts);
      } else if (ProblemGroups.isProblem(group)) {
        add(warnings, counts);
      }
    }
    long highest = 1;
    for (int i = 0; i < buckets; i++) {
      highest = Math.max(highest, errors[i] + warnings[i]);
    }
    Html svg = new Html();
    svg.format(
        "<svg viewBox=\"0 0 %s 198\" role=\"img\" aria-label=\"Events of problems over time,"
            + " at most %s in one of %s intervals\">",
        WIDTH, highest, buckets);
    bars(svg, errors, warnings, all, highest);
    axes(svg, highest);
    markers(svg);
    return svg.raw("</svg>").toString();
  }

  private void bars(Html svg, long[] errors, long[] warnings, long[] all, long highest) {
    long most = Math.max(1, Arrays.stream(all).max().orElse(1));
    double unit = (double) PROBLEMS_HEIGHT / highest;
    int floor = PROBLEMS_TOP + PROBLEMS_HEIGHT;
    for (int i = 0; i < buckets; i++) {
      double x = LEFT + i * step;
      svg.format(
          "<g><title>%s errors, %s warnings, %s events</title>", errors[i], warnings[i], all[i]);
      bar(svg, "e", x, floor - errors[i] * unit, errors[i] * unit);
      bar(svg, "w", x, floor - (errors[i] + warnings[i]) * unit, warnings[i] * unit);
      double height = (double) ALL_HEIGHT * all[i] / most;
      bar(svg, "c", x, ALL_TOP + ALL_HEIGHT - height, height);
      svg.raw("</g>");
    }
  }

  private void bar(Html svg, String kind, double x, double y, double height) {
    if (height > 0) {
      svg.raw(
          "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
              .formatted(kind, number(x), number(y), number(step - 2), number(height)));
    }
  }

  private void axes(Html svg, long highest) {
    for (int floor : new int[] {PROBLEMS_TOP + PROBLEMS_HEIGHT, ALL_TOP + ALL_HEIGHT}) {
      svg.format(
          "<line class=\"axis\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
          LEFT, WIDTH, floor, floor);
    }
    svg.format(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
        LEFT - 8, PROBLEMS_TOP + 9, highest);
    svg.format(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">all</text>",
        LEFT - 8, ALL_TOP + ALL_HEIGHT - 2);
    boolean days = span.last() - span.first() > 86_400_000_000_000L;
    DateTimeFormatter clock = DateTimeFormatter.ofPattern(days ? "MM-dd HH:mm" : "HH:mm");
    for (int tick = 0; tick < TICKS; tick++) {
      double share = (double) tick / (TICKS - 1);
      long time = span.first() + (long) ((span.last() - span.first()) * share);
      svg.format(
          "<text class=\"tick\" x=\"%s\" y=\"190\" text-anchor=\"%s\">%s</text>",
          number(LEFT + share * (WIDTH - LEFT)),
          tick == 0 ? "start" : tick == TICKS - 1 ? "end" : "middle",
          clock.format(TimeSpan.utc(time)));
    }
  }

  private void markers(Html svg) {
    double nanos = Math.max(1, span.last() - span.first());
    for (Group group : groups) {
      if (group.isNew() && ProblemGroups.isProblem(group) && !group.timeline().isEmpty()) {
        double x = LEFT + (group.firstSeen() - span.first()) / nanos * (WIDTH - LEFT);
        svg.format(
            "<g><title>New: %s</title><path class=\"n\" d=\"M%s 4h12l-6 10z\"/>",
            group.title(), number(x - 6));
        svg.format(
            "<path class=\"n\" opacity=\".35\" d=\"M%s 14h1v%s\"/></g>",
            number(x - 0.5), PROBLEMS_HEIGHT + 8);
      }
    }
  }

  /** One group's trend. */
  String spark(Group group) {
    long[] counts = span.counts(group, Sparkline.BUCKETS);
    long highest = Math.max(1, Arrays.stream(counts).max().orElse(1));
    String kind = kind(group);
    Html svg = new Html();
    svg.format(
        "<svg class=\"spark\" viewBox=\"0 0 144 26\" preserveAspectRatio=\"none\" role=\"img\""
            + " aria-label=\"Trend, at most %s in one of %s intervals\">",
        highest, counts.length);
    for (int i = 0; i < counts.length; i++) {
      double height = counts[i] == 0 ? 1 : Math.max(2.5, 25.0 * counts[i] / highest);
      svg.raw(
          "<rect class=\"%s\" x=\"%d\" y=\"%s\" width=\"4.6\" height=\"%s\"/>"
              .formatted(counts[i] == 0 ? "c" : kind, i * 6, number(26 - height), number(height)));
    }
    return svg.raw("</svg>").toString();
  }

  /** The class that colours a group. */
  static String kind(Group group) {
    if (group.severity().atLeast(Severity.ERROR)) {
      return "e";
    }
    return group.severity() == Severity.WARN ? "w" : "c";
  }

  private static void add(long[] sum, long[] counts) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
