package io.logsense.analysis;

import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.Snippet;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model is shown of an incident, and so all that its answer may cite.
 *
 * <p>Parts are added while they fit, the most telling ones first: the problem with its stack trace,
 * the best candidates with their code, facts, parameters, events around it, earlier problems, and
 * at last the other candidates by name. Events that say the same are shown once, with their number.
 */
final class EvidencePack {
  private static final int WITH_CODE_FIRST = 5;
  private static final int MOST_FRAMES = 40;
  private static final int MOST_ERRORS = 10;
  private static final int MOST_MESSAGE = 2000;

  private final Incident incident;
  private final Gate gate;
  private final long mostTokens;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> events = new LinkedHashMap<>();
  private final List<Snippet> candidates = new ArrayList<>();
  private final Map<String, Set<String>> parameters = new LinkedHashMap<>();
  private long tokens;
  private boolean complete = true;

  /**
   * Packs what fits.
   *
   * @param mostTokens about how many tokens it may have
   */
  EvidencePack(Incident incident, Gate gate, long mostTokens) {
    this.incident = incident;
    this.gate = gate;
    this.mostTokens = mostTokens;
    add(problem());
    int first = Math.min(WITH_CODE_FIRST, incident.snippets().size());
    incident.snippets().subList(0, first).forEach(snippet -> addCandidate(snippet, true));
    addFacts();
    addParameters();
    addRelated();
    addSimilar();
    incident
        .snippets()
        .subList(first, incident.snippets().size())
        .forEach(snippet -> addCandidate(snippet, false));
  }

  /** All of it, as the model reads it. */
  String text() {
    return text.toString();
  }

  /** Whether all that there is found room. */
  boolean isComplete() {
    return complete;
  }

  /** The kinds of data in it. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    for (Field field : Field.values()) {
      if (gate.allows(field)) {
        fields.add(field.name());
      }
    }
    return fields;
  }

  /** What was shown of the event of that id. */
  Optional<String> event(String id) {
    return Optional.ofNullable(events.get(id));
  }

  /** The candidate of that file and symbol, if it was shown. */
  Optional<Snippet> candidate(String file, String symbol) {
    return candidates.stream()
        .filter(shown -> shown.candidate().block().file().equals(file))
        .filter(shown -> shown.candidate().block().symbol().equals(symbol))
        .findFirst();
  }

  /** Whether the line belongs to a candidate that was shown. */
  boolean hasLine(String file, int line) {
    return candidates.stream()
        .map(shown -> shown.candidate().block())
        .anyMatch(block -> isNamed(block, file) && block.contains(line));
  }

  private static boolean isNamed(CodeBlock block, String file) {
    return block.file().equals(file) || block.file().endsWith("/" + file);
  }

  /** Whether the file of that path has a candidate that was shown. */
  boolean hasFullPath(String file) {
    return candidates.stream().anyMatch(shown -> shown.candidate().block().file().equals(file));
  }

  /** Whether a place such as {@code Cart.java:42} was printed, and no longer number there. */
  boolean prints(String place) {
    for (int at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + 1)) {
      int end = at + place.length();
      boolean ends = end == text.length() || !Character.isDigit(text.charAt(end));
      boolean starts = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  /** The words of a line of code, where they were shown. */
  Optional<String> line(String file, int line) {
    return candidates.stream()
        .filter(shown -> shown.candidate().block().file().equals(file))
        .filter(shown -> line >= shown.firstLine() && line <= shown.lastLine())
        .map(shown -> gate.pass(Field.CODE, shown.lines().get(line - shown.firstLine())))
        .findFirst();
  }

  /** Whether an event was shown in which {@code name} has {@code value}. */
  boolean hasParameter(String name, String value) {
    return parameters.getOrDefault(name, Set.of()).contains(value);
  }

  private boolean add(String part) {
    long needed = Tokens.about(part);
    if (tokens + needed > mostTokens && tokens > 0) {
      complete = false;
      return false;
    }
    text.append(part);
    tokens += needed;
    return true;
  }

  private String problem() {
    Group group = incident.group();
    StringBuilder out = new StringBuilder();
    out.append("INCIDENT ").append(incident.id()).append('\n');
    if (gate.allows(Field.ORIGIN)) {
      out.append("services: ").append(gate.pass(Field.ORIGIN, group.services().toString()));
      out.append("; version: ").append(gate.pass(Field.ORIGIN, named(incident.version())));
      out.append("; commit: ").append(gate.pass(Field.ORIGIN, named(incident.commit())));
      out.append('\n');
    }
    if (gate.allows(Field.RATES)) {
      out.append("events: ").append(group.count()).append('\n');
    }
    Incident.Event representative = incident.events().get(0);
    out.append("\nEVENTS\n").append(shown(representative, 1));
    return out.toString();
  }

  private static String named(String text) {
    return text.isEmpty() ? "unknown" : text;
  }

  private String shown(Incident.Event item, int times) {
    LogEvent event = item.event();
    StringBuilder out = new StringBuilder("[").append(item.id()).append("] ");
    if (gate.allows(Field.RATES)) {
      event.instant().ifPresent(time -> out.append(time).append(' '));
    }
    out.append(event.severity()).append(' ');
    String origin = gate.pass(Field.ORIGIN, (event.service() + " " + event.logger()).strip());
    if (!origin.isEmpty()) {
      out.append(origin).append(": ");
    }
    out.append(cut(gate.pass(Field.MESSAGE, event.message())));
    if (times > 1) {
      out.append("  (").append(times).append(" times)");
    }
    out.append('\n');
    StackTrace trace = event.exception();
    if (trace != null && gate.allows(Field.STACK_TRACE)) {
      print(trace.error(), out);
    }
    String words = out.toString();
    events.put(item.id(), words);
    return words;
  }

  private static String cut(String message) {
    if (message.length() <= MOST_MESSAGE) {
      return message;
    }
    int end = MOST_MESSAGE;
    return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end)
        + " [cut]";
  }

  private void print(ThrownError outermost, StringBuilder out) {
    int errors = 0;
    int frames = 0;
    for (ThrownError e = outermost; e != null && errors < MOST_ERRORS; e = e.cause()) {
      out.append(errors == 0 ? "  " : "  caused by ")
          .append(gate.pass(Field.STACK_TRACE, e.type()));
      String message = e.message();
      if (message != null && gate.allows(Field.MESSAGE)) {
        out.append(": ").append(cut(gate.pass(Field.MESSAGE, message)));
      }
      out.append('\n');
      int room = Math.max(3, MOST_FRAMES - frames);
      for (StackFrame frame : e.frames().subList(0, Math.min(room, e.frames().size()))) {
        out.append("    at ").append(gate.pass(Field.STACK_TRACE, frame.toString())).append('\n');
        frames++;
      }
      if (e.frames().size() > room) {
        out.append("    ").append(e.frames().size() - room).append(" more frames\n");
      }
      errors++;
    }
  }

  private void addCandidate(Snippet snippet, boolean withCode) {
    if (!gate.allows(Field.PLACES)) {
      return;
    }
    Candidate candidate = snippet.candidate();
    CodeBlock block = candidate.block();
    StringBuilder out = new StringBuilder();
    if (candidates.isEmpty()) {
      out.append("\nCODE, the likeliest place first\n");
    }
    out.append("file ").append(gate.pass(Field.PLACES, block.file()));
    out.append(" symbol ").append(gate.pass(Field.PLACES, block.symbol()));
    out.append(" lines ").append(block.startLine()).append('-').append(block.endLine());
    out.append("\n  why: ");
    candidate.reasons().stream()
        .filter(reason -> reason.points() > 0)
        .limit(3)
        .forEach(reason -> out.append(gate.pass(Field.PLACES, reason.words())).append("; "));
    out.append('\n');
    if (withCode && gate.allows(Field.CODE)) {
      int number = snippet.firstLine();
      for (String line : snippet.lines()) {
        out.append("  ").append(number == candidate.line() ? '>' : ' ').append(number).append(": ");
        out.append(gate.pass(Field.CODE, line)).append('\n');
        number++;
      }
    }
    if (add(out.toString())) {
      candidates.add(withCode ? snippet : new Snippet(candidate, snippet.firstLine(), List.of()));
    }
  }

  private void addFacts() {
    List<String> facts = new ArrayList<>();
    Group group = incident.group();
    GroupFacts.rates(group).forEach(fact -> facts.add(gate.pass(Field.RATES, fact)));
    GroupFacts.origins(group).forEach(fact -> facts.add(gate.pass(Field.ORIGIN, fact)));
    incident.facts().forEach(fact -> facts.add(gate.pass(Field.RATES, fact)));
    facts.removeIf(String::isEmpty);
    if (!facts.isEmpty()) {
      add("\nFACTS\n- " + String.join("\n- ", facts) + "\n");
    }
  }

  private void addParameters() {
    if (!gate.allows(Field.PARAMETERS)) {
      return;
    }
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (Incident.Event item : incident.events()) {
      Parameters.of(item.event(), gate.allows(Field.ATTRIBUTES))
          .forEach(
              (name, value) ->
                  found
                      .computeIfAbsent(
                          gate.pass(Field.PARAMETERS, name), key -> new LinkedHashSet<>())
                      .add(gate.pass(Field.PARAMETERS, value)));
      if (!gate.allows(Field.RELATED_EVENTS)) {
        break;
      }
    }
    if (found.isEmpty()) {
      return;
    }
    StringBuilder out = new StringBuilder("\nPARAMETERS\n");
    found.forEach(
        (name, values) -> out.append("- ").append(name).append(" = ").append(values).append('\n'));
    if (add(out.toString())) {
      parameters.putAll(found);
    }
  }

  private void addRelated() {
    if (!gate.allows(Field.RELATED_EVENTS) || incident.events().size() < 2) {
      return;
    }
    Map<String, List<Incident.Event>> alike = new LinkedHashMap<>();
    for (Incident.Event item : incident.events().subList(1, incident.events().size())) {
      LogEvent event = item.event();
      String words = event.severity() + " " + event.logger() + " " + event.message();
      alike.computeIfAbsent(words, key -> new ArrayList<>()).add(item);
    }
    boolean titled = false;
    for (List<Incident.Event> items : alike.values()) {
      Incident.Event first = items.get(0);
      String title = titled ? "" : "\nEVENTS AROUND IT\n";
      titled = true;
      if (!add(title + shown(first, items.size()))) {
        events.remove(first.id());
      }
    }
  }

  private void addSimilar() {
    if (!gate.allows(Field.SIMILAR) || incident.similar().isEmpty()) {
      return;
    }
    StringBuilder out = new StringBuilder("\nEARLIER PROBLEMS THAT MEAN MUCH THE SAME\n");
    for (Incident.Past past : incident.similar()) {
      out.append("- ")
          .append(past.group())
          .append(' ')
          .append(gate.pass(Field.SIMILAR, past.title()));
      if (!past.outcome().isEmpty()) {
        out.append(" => ").append(gate.pass(Field.SIMILAR, past.outcome()));
      }
      out.append('\n');
    }
    add(out.toString());
  }
}
