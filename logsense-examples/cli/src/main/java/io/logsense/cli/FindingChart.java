package io.logsense.cli;

import io.logsense.Findings;
import io.logsense.api.finding.Expectation;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import java.util.List;
import java.util.Locale;

/**
 * A group's events by time as SVG, over the band where they were expected, with its findings.
 *
 * <p>What is above the chart is cut: the scale follows the events, not a band that is wide open.
 * Intervals are joined until at most {@value #MOST_COLUMNS} columns are left; a column shows the
 * most that one of its intervals had.
 */
final class FindingChart {
  private static final int WIDTH = 760;
  private static final int LEFT = 40;
  private static final int TOP = 16;
  private static final int HEIGHT = 96;
  private static final int FLOOR = TOP + HEIGHT;
  private static final int MOST_COLUMNS = 240;

  private final Group group;
  private final List<Finding> findings;
  private final TimeSpan span;
  private final double[] most;
  private final double[] high;
  private final double[] low;
  private final double scale;

  /**
   * A chart over the time of the whole input.
   *
   * @param findings those of the group
   */
  FindingChart(Group group, List<Finding> findings, TimeSpan span) {
    this.group = group;
    this.findings = findings;
    this.span = span;
    int columns = span.evenShares(List.of(group), MOST_COLUMNS);
    most = new double[columns];
    high = new double[columns];
    low = new double[columns];
    java.util.Arrays.fill(high, Double.NaN);
    java.util.Arrays.fill(low, Double.NaN);
    double top = 1;
    for (Expectation at : Findings.expectations(group)) {
      int column = column(at.start());
      most[column] = Math.max(most[column], (double) at.observed());
      top = Math.max(top, most[column]);
      if (Double.isFinite(at.high())) {
        high[column] = Double.isNaN(high[column]) ? at.high() : Math.max(high[column], at.high());
        double floor = Math.max(0, at.low());
        low[column] = Double.isNaN(low[column]) ? floor : Math.min(low[column], floor);
      }
    }
    scale = top;
  }

  /** Whether a finding of that kind is about a group's rate, which is what the chart shows. */
  static boolean shows(Finding finding) {
    return finding.kind() == FindingKind.SPIKE || finding.kind() == FindingKind.SILENCE;
  }

  private int column(long time) {
    double share =
        ((double) time - span.first()) / Math.max(1, (double) span.last() - span.first());
    return (int) Math.max(0, Math.min(most.length - 1, share * most.length));
  }

  String svg() {
    Html svg = new Html();
    svg.format(
        "<svg class=\"rate\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Events of %s over"
            + " time, at most %s, with the band where they were expected\">",
        WIDTH, FLOOR + 18, group.title(), Math.round(scale));
    band(svg);
    columns(svg);
    axes(svg);
    for (Finding finding : findings) {
      marker(svg, finding);
    }
    return svg.raw("</svg>").toString();
  }

  /** One area for each run of columns in which something was expected. */
  private void band(Html svg) {
    for (int from = 0; from < high.length; from++) {
      if (!Double.isNaN(high[from])) {
        int to = from;
        while (to + 1 < high.length && !Double.isNaN(high[to + 1])) {
          to++;
        }
        StringBuilder path = new StringBuilder();
        for (int i = from; i <= to; i++) {
          path.append(i == from ? 'M' : 'L').append(point(i, high[i]));
          path.append('L').append(point(i + 1, high[i]));
        }
        for (int i = to; i >= from; i--) {
          path.append('L').append(point(i + 1, low[i])).append('L').append(point(i, low[i]));
        }
        svg.raw("<path class=\"band\" d=\"" + path + "Z\"/>");
        from = to;
      }
    }
  }

  private void columns(Html svg) {
    double width = Math.max(0.8, (double) (WIDTH - LEFT) / most.length - 0.6);
    String tone = TimelineChart.kind(group);
    for (int i = 0; i < most.length; i++) {
      if (most[i] > 0) {
        svg.raw(
            "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(
                    tone,
                    number(x(i)),
                    number(y(most[i])),
                    number(width),
                    number(FLOOR - y(most[i]))));
      }
    }
  }

  private void axes(Html svg) {
    svg.format(
        "<line class=\"axis\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
        LEFT, WIDTH, FLOOR, FLOOR);
    svg.format(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
        LEFT - 6, TOP + 9, Math.round(scale));
    svg.format(
        "<text class=\"tick\" x=\"%s\" y=\"%s\">%s</text>",
        LEFT, FLOOR + 14, TimeSpan.clock(span.first()));
    svg.format(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
        WIDTH, FLOOR + 14, TimeSpan.clock(span.last()));
  }

  private void marker(Html svg, Finding finding) {
    double x = x(column(finding.time())) + 1;
    svg.format(
        "<g><title>%s</title><path class=\"f\" d=\"M%s 1h10l-5 8z\"/>",
        finding.summary(), number(x - 5));
    svg.format(
        "<path class=\"f\" opacity=\".35\" d=\"M%s 9h1v%s\"/></g>", number(x - 0.5), FLOOR - 9);
  }

  private double x(int column) {
    return LEFT + (double) (WIDTH - LEFT) * column / most.length;
  }

  private double y(double value) {
    return FLOOR - HEIGHT * Math.min(1, value / scale);
  }

  private String point(int column, double value) {
    return number(x(column)) + " " + number(y(value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
