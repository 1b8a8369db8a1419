package io.logsense.analysis;

import io.logsense.analysis.AnswerReader.Answer;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.InvolvedParameter;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.analysis.Snippet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a model's answer is backed by what the model was shown. Every file, symbol, line, event,
 * quote and parameter that its members cite must stand in the {@linkplain EvidencePack pack}; so
 * must places such as {@code Cart.java:42} and {@code Cart.java#L42} and ids of events in its
 * prose, and the files that its reasoning names. Nothing in it may be what masking would have taken
 * out.
 *
 * <p>What this cannot tell is whether the reasoning is sound; symbols in prose are not looked up.
 */
final class AnswerCheck {
  private static final Set<String> SOURCE_FILES =
      Set.of(
          "java",
          "kt",
          "kts",
          "scala",
          "groovy",
          "py",
          "js",
          "jsx",
          "ts",
          "tsx",
          "go",
          "rb",
          "cs",
          "php",
          "rs",
          "c",
          "cc",
          "cpp",
          "h",
          "sql",
          "xml",
          "yaml",
          "yml",
          "properties");

  /** How ids of events begin. */
  private static final String EVENT = "ev1:";

  private static final int MOST_DIGITS = 9;

  private final Incident incident;
  private final EvidencePack pack;
  private final Gate gate;
  private final List<String> problems = new ArrayList<>();

  private AnswerCheck(Incident incident, EvidencePack pack, Gate gate) {
    this.incident = incident;
    this.pack = pack;
    this.gate = gate;
  }

  /** What is wrong with an answer; empty for nothing. */
  static List<String> problems(Answer answer, Incident incident, EvidencePack pack, Gate gate) {
    AnswerCheck check = new AnswerCheck(incident, pack, gate);
    check.check(answer);
    return check.problems;
  }

  private void check(Answer answer) {
    if (!answer.incident().equals(incident.id())) {
      problems.add("incident_id is not " + incident.id());
    }
    RootCause cause = answer.cause();
    if (cause == null) {
      if (answer.noCause().isBlank()) {
        problems.add("there is neither a likely_root_cause nor a no_root_cause_reason");
      }
    } else {
      check(cause);
      if (!answer.noCause().isBlank()) {
        problems.add("there are both a likely_root_cause and a no_root_cause_reason");
      }
      if (answer.evidence().isEmpty()) {
        problems.add("a cause needs at least one supporting_evidence");
      }
    }
    answer.evidence().forEach(this::check);
    answer.parameters().forEach(this::check);
    texts(answer).forEach(text -> checkProse(text, false));
    checkProse(cause == null ? answer.noCause() : cause.reasoning(), true);
  }

  private void check(RootCause cause) {
    Optional<Snippet> shown = pack.candidate(cause.file(), cause.symbol());
    if (shown.isEmpty()) {
      problems.add("the file_path and symbol of the cause are not together under CODE");
      return;
    }
    int start = shown.get().candidate().block().startLine();
    int end = shown.get().candidate().block().endLine();
    if (cause.startLine() < start || cause.endLine() > end || cause.startLine() > cause.endLine()) {
      problems.add("line_range must be within " + start + " to " + end + " for that symbol");
    }
  }

  private void check(Evidence evidence) {
    if (!evidence.event().isEmpty()) {
      Optional<String> words = pack.event(evidence.event());
      if (words.isEmpty()) {
        problems.add("an event_id of the evidence is not among those given");
      } else if (!isIn(evidence.quote(), words.get())) {
        problems.add("a quote does not stand in event " + evidence.event());
      }
      return;
    }
    if (!pack.hasFullPath(evidence.file()) || !pack.hasLine(evidence.file(), evidence.line())) {
      problems.add("a file_path and line of the evidence are not under CODE");
      return;
    }
    if (!evidence.quote().isBlank()
        && !pack.line(evidence.file(), evidence.line())
            .map(line -> isIn(evidence.quote(), line))
            .orElse(false)) {
      problems.add("a quote does not stand in line " + evidence.line() + " of the file it cites");
    }
  }

  private void check(InvolvedParameter parameter) {
    if (!pack.hasParameter(parameter.name(), parameter.value())) {
      problems.add("an involved_parameter is not among PARAMETERS with that name and value");
    }
  }

  private static boolean isIn(String quote, String words) {
    return collapsed(words).contains(collapsed(quote));
  }

  /** Runs of blanks are one, so that a quote may join lines. */
  private static String collapsed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBlank = Character.isWhitespace(c);
      if (!isBlank) {
        out.append(c);
      } else if (!blank) {
        out.append(' ');
      }
      blank = isBlank;
    }
    return out.toString().strip();
  }

  private static Stream<String> texts(Answer answer) {
    RootCause cause = answer.cause();
    Stream<String> own = Stream.of(cause == null ? "" : cause.reasoning(), answer.noCause());
    Stream<String> lists = Stream.concat(answer.fixes().stream(), answer.tests().stream());
    Stream<String> quotes = answer.evidence().stream().map(Evidence::quote);
    Stream<String> values =
        answer.parameters().stream()
            .flatMap(one -> Stream.of(one.name() + "=" + one.value(), one.value(), one.why()));
    return Stream.of(own, lists, quotes, values).flatMap(part -> part);
  }

  private void checkProse(String text, boolean isReasoning) {
    if (!gate.isClean(text)) {
      problems.add("a text holds a value that has to be masked");
    }
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isOfReference(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        checkReference(text.substring(start, i), isReasoning);
        start = -1;
      }
    }
  }

  private static boolean isOfReference(char c) {
    return Character.isLetterOrDigit(c) || "_-./$:@#".indexOf(c) >= 0;
  }

  /** A place or an id of an event, if the word is one, must have been shown. */
  private void checkReference(String word, boolean isReasoning) {
    if (word.startsWith(EVENT) && pack.event(stripped(word)).isEmpty()) {
      problems.add("a text cites an event that was not given");
      return;
    }
    int mark = word.indexOf("#L");
    int colon = mark > 0 ? mark : word.indexOf(':');
    String file = stripped(colon > 0 ? word.substring(0, colon) : word);
    if (!isSourceFile(file)) {
      return;
    }
    String digits = colon > 0 ? digits(word, mark > 0 ? mark + 2 : colon + 1) : "";
    boolean shown =
        digits.isEmpty()
            ? !isReasoning || pack.prints(file)
            : pack.prints(file + ":" + digits) || pack.hasLine(file, Integer.parseInt(digits));
    if (!shown) {
      problems.add("a text cites a place in the code that was not given");
    }
  }

  private static String digits(String word, int start) {
    int end = start;
    while (end < word.length()
        && end - start < MOST_DIGITS
        && Character.isDigit(word.charAt(end))) {
      end++;
    }
    return word.substring(start, end);
  }

  /** Without the end of a sentence. */
  private static String stripped(String word) {
    int end = word.length();
    while (end > 0 && ".:-".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  private static boolean isSourceFile(String file) {
    int dot = file.lastIndexOf('.');
    return dot > 0 && SOURCE_FILES.contains(file.substring(dot + 1));
  }
}
