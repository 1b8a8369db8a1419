package io.logsense.cli;

import io.logsense.code.HeatMap;
import io.logsense.code.HeatMap.Spot;
import java.util.List;
import java.util.Locale;

/** A heat map as one self-contained page: a rectangle for each file, in it one for each method. */
final class HeatPage {
  private static final double WIDTH = 1200;
  private static final double HEIGHT = 640;
  private static final double TITLE = 16;
  private static final double LETTER = 7.2;
  private static final int HEATS = 5;
  private static final int MOST_FILES = 60;

  private static final String CSS =
      """
      body { margin: 24px; font: 14px/1.5 system-ui, sans-serif; color: #1d2127; background: #fff; }
      h1 { font-size: 24px; margin: 0 0 4px; } p { margin: 0 0 16px; color: #5c6470; }
      svg { width: 100%; height: auto; display: block; }
      text { font: 12px system-ui, sans-serif; fill: #1d2127; } .file { fill: #f1efe9; stroke: #fff; }
      .heat1 { fill: #fbe3cf; } .heat2 { fill: #f7c39b; } .heat3 { fill: #ef9a6b; }
      .heat4 { fill: #df6b4b; } .heat5 { fill: #c43f33; } .heat4 + text, .heat5 + text { fill: #fff; }
      table { border-collapse: collapse; margin-top: 20px; } td, th { padding: 3px 14px 3px 0;
      text-align: left; border-bottom: 1px solid #e3e1db; } .n { text-align: right; }
      """;

  private HeatPage() {}

  static String of(HeatMap map) {
    Html page = new Html();
    page.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.format(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'sha256-%s'\">",
        HtmlReport.sha256(CSS));
    page.raw("<title>Where failures come from</title><style>" + CSS + "</style></head><body>");
    page.raw("<h1>Where failures come from</h1>");
    page.format(
        "<p>%s failures in %s files and %s methods; %s elsewhere. The area is the number of"
            + " failures, the colour the share of the hottest method.</p>",
        map.files().stream().mapToLong(Spot::failures).sum(),
        map.files().size(),
        map.methods().size(),
        map.elsewhere());
    picture(page, map);
    table(page, map);
    return page.raw("</body></html>\n").toString();
  }

  private static void picture(Html page, HeatMap map) {
    List<Spot> files = map.files().stream().limit(MOST_FILES).toList();
    if (files.isEmpty()) {
      return;
    }
    long hottest = map.methods().get(0).failures();
    page.raw("<svg viewBox=\"0 0 1200 640\" role=\"img\" aria-label=\"Failures by file\">");
    List<Treemap.Part> parts =
        Treemap.divide(
            new Treemap.Part(0, 0, WIDTH, HEIGHT), files.stream().map(Spot::failures).toList());
    for (int i = 0; i < files.size(); i++) {
      Spot file = files.get(i);
      String name = file.file().substring(file.file().lastIndexOf('/') + 1);
      rectangle(page, parts.get(i), "file", name, file);
      List<Spot> inside =
          map.methods().stream().filter(spot -> spot.file().equals(file.file())).toList();
      List<Treemap.Part> within =
          Treemap.divide(
              parts.get(i).inside(2, TITLE), inside.stream().map(Spot::failures).toList());
      for (int j = 0; j < inside.size(); j++) {
        Spot method = inside.get(j);
        long heat = 1 + (HEATS - 1) * method.failures() / hottest;
        rectangle(page, within.get(j).inside(1, 0), "heat" + heat, method(method), method);
      }
    }
    page.raw("</svg>");
  }

  private static void rectangle(Html page, Treemap.Part part, String kind, String name, Spot spot) {
    page.raw(
        String.format(
            Locale.ROOT,
            "<g><rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            kind,
            part.x(),
            part.y(),
            part.width(),
            part.height()));
    int letters = (int) ((part.width() - 6) / LETTER);
    if (letters >= 4 && part.height() >= TITLE) {
      String shown = name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
      page.raw(
          String.format(
              Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">", part.x() + 4, part.y() + TITLE - 3));
      page.text(shown).raw("</text>");
    }
    page.format(
        "<title>%s %s: %s failures in %s groups%s</title></g>",
        spot.file(), spot.symbol(), spot.failures(), spot.groups(), versions(spot));
  }

  private static void table(Html page, HeatMap map) {
    page.raw("<table><tr><th>Method</th><th>File</th><th class=\"n\">Failures</th>");
    page.raw("<th class=\"n\">Groups</th><th>By version</th></tr>");
    for (Spot spot : map.methods()) {
      page.format(
          "<tr><td>%s</td><td>%s:%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td>",
          method(spot), spot.file(), spot.line(), spot.failures(), spot.groups(), versions(spot));
      page.raw("</tr>");
    }
    page.raw("</table>");
  }

  /** Type and method without the package. */
  static String method(Spot spot) {
    int hash = spot.symbol().indexOf('#');
    return spot.symbol().substring(spot.symbol().lastIndexOf('.', hash) + 1);
  }

  static String versions(Spot spot) {
    StringBuilder words = new StringBuilder();
    spot.versions().forEach((version, count) -> words.append(" " + version + " (" + count + ")"));
    return words.toString();
  }
}
