package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackTrace;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An analysis as one self-contained page: no server, no network, no code but its own.
 *
 * <p>Its content security policy allows exactly the style sheet and the script inside, by their
 * hashes; whatever a log contains is text. Without the script the page still shows everything.
 */
final class HtmlReport {
  private static final int MOST_GROUPS = 500;

  private final List<String> inputs;
  private final FrameJudge judge;
  private final Map<String, RootCauses.Found> causes;
  private final @Nullable ServiceCatalogue services;

  /**
   * A report.
   *
   * @param causes what is known of root causes, by the id of the group
   * @param services who stands behind services, if that is known
   */
  HtmlReport(
      List<String> inputs,
      List<String> inApp,
      Map<String, RootCauses.Found> causes,
      @Nullable ServiceCatalogue services) {
    this.inputs = inputs;
    this.services = services;
    this.causes = causes;
    judge = new FrameJudge(inApp);
  }

  /** Writes the page. */
  void write(Analysis analysis, Writer out) throws IOException {
    TimeSpan span = TimeSpan.of(analysis.groups());
    TimelineChart charts = new TimelineChart(span, analysis.groups());
    List<Group> problems = analysis.top(Integer.MAX_VALUE);
    String css = resource("report.css");
    String script = resource("report.js");
    Html page = new Html();
    head(page, css, script, problems.size());
    header(page, analysis, problems, span);
    page.raw("<main>");
    if (span.isKnown()) {
      chart(page, charts);
    }
    new FindingList(analysis, span).write(page);
    out.write(page.toString());
    table(analysis, charts, span, out);
    out.write("</main>");
    out.write(footer(analysis));
    out.write("<script>" + script + "</script></body></html>\n");
  }

  private void head(Html page, String css, String script, int problems) {
    page.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.format(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none';"
            + " form-action 'none'\">",
        sha256(css), sha256(script));
    page.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    page.format("<title>%s in %s</title>", number(problems, "problem"), Inputs.name(inputs));
    page.raw("<style>" + css + "</style></head><body>");
  }

  private void header(Html page, Analysis analysis, List<Group> problems, TimeSpan span) {
    long fresh = problems.stream().filter(Group::isNew).count();
    TreeSet<String> formats = new TreeSet<>();
    analysis.formats().forEach(format -> formats.add(format.format()));
    TreeSet<String> services = new TreeSet<>();
    analysis.groups().forEach(group -> services.addAll(group.services().keySet()));
    page.raw("<header><h1>").text(number(problems.size(), "problem"));
    page.text(fresh > 0 ? ", " + fresh + " new" : "").raw("</h1>");
    page.format(
        "<p class=\"inputs\">%s · %s · %s UTC</p><dl class=\"figures\">",
        Inputs.name(inputs),
        formats.isEmpty() ? "no format" : String.join(", ", formats),
        span.words());
    figure(page, "Records", number(analysis.records()));
    figure(page, "In errors", number(events(problems, true)));
    figure(page, "In warnings", number(events(problems, false)));
    figure(page, "Groups", number(analysis.groups().size()));
    if (!services.isEmpty()) {
      figure(page, "Services", number(services.size()));
    }
    if (analysis.deadLetters() > 0) {
      figure(page, "Unreadable", number(analysis.deadLetters()));
    }
    page.raw("</dl></header>");
  }

  private static void figure(Html page, String name, String value) {
    page.format("<div><dt>%s</dt><dd>%s</dd></div>", name, value);
  }

  private static void chart(Html page, TimelineChart charts) {
    page.raw("<section class=\"card chart\"><h2>Problems over time</h2><ul class=\"legend\">");
    legend(page, "<rect class=\"e\" width=\"11\" height=\"11\"/>", "Errors");
    legend(page, "<rect class=\"w\" width=\"11\" height=\"11\"/>", "Warnings");
    legend(page, "<rect class=\"c\" width=\"11\" height=\"11\"/>", "All events");
    legend(page, "<path class=\"n\" d=\"M0 1h11l-5.5 9z\"/>", "A new problem begins");
    page.raw("</ul>").raw(charts.whole()).raw("</section>");
  }

  private static void legend(Html page, String shape, String words) {
    page.raw("<li><svg viewBox=\"0 0 11 11\" aria-hidden=\"true\">")
        .raw(shape)
        .raw("</svg>")
        .text(words)
        .raw("</li>");
  }

  private void table(Analysis analysis, TimelineChart charts, TimeSpan span, Writer out)
      throws IOException {
    out.write(
        """
        <section class="card"><div class="tools" id="tools" hidden>
        <input id="search" type="search" placeholder="Search titles, frames, services, ids"\
         aria-label="Search" aria-keyshortcuts="/">
        <div class="chips" role="group" aria-label="Show">
        <button type="button" data-filter="problem">Problems</button>
        <button type="button" data-filter="new">New</button>
        <button type="button" data-filter="error">Errors</button>
        <button type="button" data-filter="warn">Warnings</button>
        <button type="button" data-filter="all">Everything</button></div>
        <span class="shown" id="shown" role="status"></span></div>
        <table id="groups"><thead><tr><th class="col-severity" scope="col">Severity</th>\
        <th scope="col">Problem</th><th class="col-trend" scope="col">Trend</th>\
        <th class="col-count number" scope="col" data-sort="count"><button type="button">Events\
        </button></th>\
        <th class="col-seen number first col-first" scope="col" data-sort="first">\
        <button type="button">First</button></th>\
        <th class="col-seen number" scope="col" data-sort="last"><button type="button">Last\
        </button></th></tr></thead>
        """);
    int rank = 0;
    Map<String, List<Finding>> findings =
        analysis.findings().stream().collect(Collectors.groupingBy(f -> f.group().id()));
    for (Group group : analysis.groups().stream().limit(MOST_GROUPS).toList()) {
      Html html = new Html();
      summary(html, group, charts, span, rank++);
      detail(html, group, findings.getOrDefault(group.id(), List.of()), span);
      out.write(html.toString());
    }
    boolean empty = analysis.groups().isEmpty();
    out.write("</table><p class=\"nothing\" id=\"nothing\"" + (empty ? "" : " hidden"));
    out.write(">Nothing to show.</p></section>\n");
  }

  private static void summary(
      Html html, Group group, TimelineChart charts, TimeSpan span, int rank) {
    html.format(
        "<tbody class=\"group\" id=\"%s\" data-tags=\"%s\" data-rank=\"%s\" data-count=\"%s\"",
        group.id(), tags(group), rank, group.count());
    html.format(
        " data-first=\"%s\" data-last=\"%s\"><tr class=\"summary\">",
        Math.max(0, group.firstSeen()), Math.max(0, group.lastSeen()));
    html.format(
        "<td><span class=\"severity %s\">%s</span></td><td>", tone(group), group.severity());
    html.raw(group.isNew() ? "<span class=\"badge\">NEW</span>" : "");
    html.format("<a class=\"title\" href=\"#%s\" aria-expanded=\"false\">", group.id());
    html.raw(marked(group.title())).raw("</a>");
    html.format("<div class=\"where\">%s", group.location());
    String services = String.join(", ", group.services().keySet());
    html.text(services.isEmpty() || group.location().isEmpty() ? services : " · " + services);
    html.raw("</div></td><td class=\"trend\">");
    html.raw(span.isKnown() ? charts.spark(group) : "").raw("</td>");
    html.format("<td class=\"number\">%s</td>", number(group.count()));
    html.format(
        "<td class=\"number first soft\">%s</td><td class=\"number soft\">%s</td></tr>",
        ago(group.firstSeen(), span), ago(group.lastSeen(), span));
  }

  private void detail(Html html, Group group, List<Finding> findings, TimeSpan span) {
    html.raw("<tr class=\"detail\"><td colspan=\"6\">");
    if (span.isKnown() && findings.stream().anyMatch(FindingChart::shows)) {
      html.raw(new FindingChart(group, findings, span).svg());
    }
    html.raw("<div class=\"panes\"><div>");
    RootCauses.Found cause = causes.get(group.id());
    if (cause != null) {
      RootCauseHtml.write(cause, html);
    }
    StackTrace trace = group.representative().exception();
    if (trace != null) {
      html.raw("<h3>Stack trace, root cause first</h3>");
      new TraceHtml(judge).write(trace, html);
    }
    if (!group.template().isEmpty()) {
      html.raw("<h3>Message template</h3><pre>");
      html.raw(marked(group.template()));
      html.raw("</pre>");
    }
    html.raw("<h3>Examples, masked</h3>");
    for (LogEvent example : group.examples()) {
      html.format("<pre>%s</pre>", example.message());
    }
    html.raw("</div><div><h3>Facts</h3><dl>");
    fact(html, "Id", group.id());
    group
        .fingerprint()
        .ifPresent(
            print -> {
              fact(html, "Strict", print.strict().toString());
              fact(html, "Site", print.site().toString());
              fact(html, "Root", print.root().toString());
            });
    if (span.isKnown() && group.firstSeen() != LogEvent.NO_TIMESTAMP) {
      fact(html, "First seen", TimeSpan.iso(group.firstSeen()));
      fact(html, "Last seen", TimeSpan.iso(group.lastSeen()));
    }
    counts(html, "Severities", group.severities());
    counts(html, "Services", group.services());
    if (services != null) {
      Surroundings.service(services, group).ifPresent(service -> service(html, service));
    }
    counts(html, "Versions", group.versions());
    counts(html, "Environments", group.environments());
    place(html, group);
    html.format(
        "</dl><p><button type=\"button\" class=\"copy\" data-copy=\"%s\">Copy id</button></p>",
        group.id());
    html.raw("</div></div></td></tr></tbody>\n");
  }

  /** The text, escaped, with its variables set apart. */
  private static String marked(String text) {
    return Html.escape(text).replace("&lt;*&gt;", "<mark>&lt;*&gt;</mark>");
  }

  private static void place(Html html, Group group) {
    var position = group.representative().position();
    if (position.line() > 0) {
      fact(html, "First at", position.source() + ":" + position.line());
    }
  }

  private static void fact(Html html, String name, String value) {
    html.format("<dt>%s</dt><dd>%s</dd>", name, value);
  }

  private static void service(Html html, ServiceCatalogue.Entry service) {
    fact(html, "Department", service.department());
    fact(html, "Owner", service.owner());
    String criticality = service.criticality() == 0 ? "unknown" : service.criticality() + " of 5";
    fact(html, "Criticality", criticality);
  }

  private static void counts(Html html, String name, Map<?, Long> counts) {
    if (!counts.isEmpty()) {
      StringBuilder words = new StringBuilder();
      counts.forEach(
          (key, count) ->
              words.append(words.isEmpty() ? "" : ", ").append(key + " (" + number(count) + ")"));
      fact(html, name, words.toString());
    }
  }

  private static String footer(Analysis analysis) {
    Html html = new Html().raw("<footer><p>");
    if (analysis.groups().size() > MOST_GROUPS) {
      html.text("The " + MOST_GROUPS + " most relevant of ");
      html.text(number(analysis.groups().size()) + " groups. ");
    }
    return html.raw("First and last are counted back from the end of the log. Keys: ")
        .raw("<kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> open, <kbd>Esc</kbd> close, ")
        .raw("<kbd>/</kbd> search. Written by LogSense; this page loads nothing and sends nothing.")
        .raw("</p></footer>")
        .toString();
  }

  private static String tags(Group group) {
    boolean problem = ProblemGroups.isProblem(group);
    boolean error = group.severity().atLeast(Severity.ERROR);
    return (problem ? "problem " : "")
        + (problem && group.isNew() ? "new " : "")
        + (error ? "error" : problem ? "warn" : "calm");
  }

  private static String tone(Group group) {
    if (group.severity().atLeast(Severity.ERROR)) {
      return "error";
    }
    return group.severity() == Severity.WARN ? "warn" : "calm";
  }

  private static long events(List<Group> problems, boolean errors) {
    return problems.stream()
        .filter(group -> group.severity().atLeast(Severity.ERROR) == errors)
        .mapToLong(Group::count)
        .sum();
  }

  private static String ago(long time, TimeSpan span) {
    return time == LogEvent.NO_TIMESTAMP ? "–" : span.beforeEnd(time);
  }

  private static String number(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }

  private static String number(long n, String noun) {
    return number(n) + " " + noun + (n == 1 ? "" : "s");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
