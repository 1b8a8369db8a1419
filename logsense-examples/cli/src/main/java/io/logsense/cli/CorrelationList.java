package io.logsense.cli;

import io.logsense.api.finding.Correlation;
import java.io.PrintWriter;
import java.util.List;

/** Problems that came together, for people: what began first, and what followed when. */
final class CorrelationList {
  private static final int MOST = 5;
  private static final int MOST_FOLLOWERS = 8;

  private final PrintWriter out;
  private final Paint paint;
  private final int columns;

  CorrelationList(PrintWriter out, Paint paint, int columns) {
    this.out = out;
    this.paint = paint;
    this.columns = columns;
  }

  /** Prints the surest ones; nothing when there is none. */
  void print(List<Correlation> correlations) {
    for (Correlation correlation : correlations.subList(0, Math.min(MOST, correlations.size()))) {
      out.println();
      out.println(
          paint.badge("TOGETHER")
              + paint.bold(Printable.fit("  " + title(correlation, 0), columns - 8)));
      int last = Math.min(MOST_FOLLOWERS, correlation.links().size());
      for (int i = 0; i < last; i++) {
        String what = correlation.links().get(i).what();
        String title = Printable.fit(title(correlation, i + 1), columns - 15 - what.length());
        out.println("    then  " + title + paint.dim(" · " + what));
      }
      if (last < correlation.links().size()) {
        out.println("    and " + (correlation.links().size() - last) + " more");
      }
    }
  }

  private static String title(Correlation correlation, int group) {
    return Printable.line(correlation.groups().get(group).title());
  }
}
