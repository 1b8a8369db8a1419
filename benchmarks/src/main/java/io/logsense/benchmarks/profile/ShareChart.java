package io.logsense.benchmarks.profile;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/** Percentages as a bar chart in SVG that is readable on light and dark pages. */
final class ShareChart {
  private static final int LABEL = 170;
  private static final int BAR = 420;
  private static final int ROW = 28;
  private static final int TOP = 34;

  private static final String STYLE =
      "text{font:14px system-ui,sans-serif;fill:#333}.t{font-weight:600}rect{fill:#3b78b8}"
          + "@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#6aa5e0}}";

  private ShareChart() {}

  /** A bar for each entry, in the order of the map; the longest is as wide as there is room. */
  static String svg(String title, Map<String, Double> percent) {
    int width = LABEL + BAR + 70;
    int height = TOP + ROW * percent.size() + 6;
    StringBuilder out = new StringBuilder();
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
    out.append(width).append(' ').append(height).append("\" width=\"").append(width);
    out.append("\" height=\"").append(height).append("\">\n");
    out.append("<title>").append(escaped(title)).append("</title>\n");
    out.append("<style>").append(STYLE).append("</style>\n");
    out.append("<text class=\"t\" x=\"0\" y=\"16\">").append(escaped(title)).append("</text>\n");
    double most = Math.max(1e-9, Collections.max(percent.values()));
    int y = TOP;
    for (Map.Entry<String, Double> entry : percent.entrySet()) {
      double share = entry.getValue();
      double bar = BAR * share / most;
      out.append(text(LABEL - 10, y, "end", entry.getKey()));
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
              LABEL,
              y,
              bar,
              ROW - 8));
      out.append(text(LABEL + bar + 8, y, "start", String.format(Locale.ROOT, "%.1f %%", share)));
      y += ROW;
    }
    return out.append("</svg>\n").toString();
  }

  private static String text(double x, int y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
        x,
        y + 15,
        anchor,
        escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
