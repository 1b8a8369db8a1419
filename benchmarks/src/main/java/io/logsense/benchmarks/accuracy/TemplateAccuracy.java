package io.logsense.benchmarks.accuracy;

import io.logsense.TemplateMiners;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMiner;
import io.logsense.benchmarks.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Accuracy of template mining on labelled logs, by the definitions of Loghub-2.0.
 *
 * <p>GA: messages whose predicted group has exactly the lines of their true group. FGA: harmonic
 * mean of correct groups over predicted groups and over true groups. PA: messages whose template
 * text equals the true text. FTA: like FGA, over groups that are correct and have the true text.
 *
 * <p>Every set is mined with the same setting. Texts are compared with runs of {@code <*>} and runs
 * of spaces counted as one.
 *
 * <p>Arguments: {@code --data DIR} with {@code loghub2k/SET/*_structured.csv} below it (default
 * {@code ../shared/data}), {@code --json} for one line per figure, {@code --wrong} to list the
 * groups that came out wrong.
 */
public final class TemplateAccuracy {
  private TemplateAccuracy() {}

  /** What came out for one set. */
  private record Score(
      String set, double ga, double fga, double pa, double fta, int predicted, int truth) {}

  /** Prints a table, or figures. */
  public static void main(String[] args) throws IOException {
    List<String> arguments = Arrays.asList(args);
    int data = arguments.indexOf("--data");
    Path folder = Path.of(data < 0 ? "../shared/data" : arguments.get(data + 1));
    if (LabelledMessages.files(folder).isEmpty()) {
      System.err.println(
          "no *_structured.csv below " + folder + "/loghub2k; name it by --data DIR");
      System.exit(3);
    }
    if (arguments.contains("--json")) {
      figures(folder).forEach(figure -> System.out.println(figure.toJson()));
    } else {
      table(scores(folder, arguments.contains("--wrong")));
    }
  }

  /** The averages over all sets of {@code folder}, then the figures of each set. */
  public static List<Figure> figures(Path folder) throws IOException {
    List<Score> scores = scores(folder, false);
    List<Figure> figures = new ArrayList<>();
    for (int i = scores.size() - 1; i >= 0; i--) {
      Score s = scores.get(i);
      figures.add(figure("accuracy.ga", s.ga(), s.set()));
      figures.add(figure("accuracy.fga", s.fga(), s.set()));
      figures.add(figure("accuracy.pa", s.pa(), s.set()));
      figures.add(figure("accuracy.fta", s.fta(), s.set()));
    }
    return figures;
  }

  private static Figure figure(String metric, double value, String set) {
    return Figure.of("accuracy-templates", metric, "ratio", value, set);
  }

  private static List<Score> scores(Path folder, boolean wrong) throws IOException {
    List<Score> scores = new ArrayList<>();
    for (Path file : LabelledMessages.files(folder)) {
      scores.add(score(file, wrong));
    }
    if (!scores.isEmpty()) {
      scores.add(average(scores));
    }
    return scores;
  }

  private static Score score(Path file, boolean wrong) throws IOException {
    List<Map<String, String>> rows = LabelledMessages.read(file);
    TemplateMiner miner = TemplateMiners.bySignature();
    List<String> ids = new ArrayList<>();
    for (Map<String, String> row : rows) {
      ids.add(miner.mine(Objects.requireNonNull(row.get("Content"))).template().id());
    }
    Map<String, String> texts = new HashMap<>();
    for (Template template : miner.templates()) {
      texts.put(template.id(), normalized(template.text()));
    }
    Map<String, Set<Integer>> predicted = new HashMap<>();
    Map<String, Set<Integer>> truth = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      predicted.computeIfAbsent(miner.resolve(ids.get(i)), k -> new HashSet<>()).add(i);
      truth
          .computeIfAbsent(Objects.requireNonNull(rows.get(i).get("EventId")), k -> new HashSet<>())
          .add(i);
    }
    int grouped = 0;
    int parsed = 0;
    int correctGroups = 0;
    int correctTemplates = 0;
    for (Set<Integer> lines : truth.values()) {
      int first = lines.iterator().next();
      boolean same = lines.equals(predicted.get(miner.resolve(ids.get(first))));
      int equal = 0;
      for (int i : lines) {
        String text = normalized(trueText(rows.get(i)));
        equal += text.equals(texts.get(miner.resolve(ids.get(i)))) ? 1 : 0;
      }
      parsed += equal;
      if (same) {
        correctGroups++;
        grouped += lines.size();
        correctTemplates += equal == lines.size() ? 1 : 0;
      } else if (wrong) {
        System.out.println("wrong: " + lines.size() + "\t" + trueText(rows.get(first)));
        Map<String, Integer> split = new TreeMap<>();
        lines.forEach(i -> split.merge(miner.resolve(ids.get(i)), 1, Integer::sum));
        split.forEach(
            (id, n) ->
                System.out.println(
                    "   " + n + " of " + size(predicted.get(id)) + "\t" + texts.get(id)));
      }
    }
    double lines = rows.size();
    return new Score(
        Objects.requireNonNull(file.getParent()).getFileName().toString(),
        grouped / lines,
        harmonic(correctGroups, predicted.size(), truth.size()),
        parsed / lines,
        harmonic(correctTemplates, predicted.size(), truth.size()),
        predicted.size(),
        truth.size());
  }

  private static int size(@Nullable Set<Integer> lines) {
    return lines == null ? 0 : lines.size();
  }

  private static String trueText(Map<String, String> row) {
    return Objects.requireNonNull(row.get("EventTemplate"));
  }

  private static double harmonic(int correct, int predicted, int truth) {
    return 2.0 * correct / (predicted + truth);
  }

  private static Score average(List<Score> scores) {
    return new Score(
        "average",
        scores.stream().mapToDouble(Score::ga).average().orElseThrow(),
        scores.stream().mapToDouble(Score::fga).average().orElseThrow(),
        scores.stream().mapToDouble(Score::pa).average().orElseThrow(),
        scores.stream().mapToDouble(Score::fta).average().orElseThrow(),
        (int) scores.stream().mapToInt(Score::predicted).average().orElseThrow(),
        (int) scores.stream().mapToInt(Score::truth).average().orElseThrow());
  }

  private static void table(List<Score> scores) {
    System.out.println("set           GA     FGA    PA     FTA    templates (true)");
    for (Score s : scores) {
      System.out.printf(
          Locale.ROOT,
          "%-12s  %.3f  %.3f  %.3f  %.3f  %d (%d)%n",
          s.set(),
          s.ga(),
          s.fga(),
          s.pa(),
          s.fta(),
          s.predicted(),
          s.truth());
    }
  }

  /** Runs of {@code <*>} with only punctuation or spaces between them as one, spaces likewise. */
  private static String normalized(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    int lastEnd = -1;
    while (i < text.length()) {
      if (text.startsWith("<*>", i)) {
        if (lastEnd >= 0 && isGlue(out, lastEnd)) {
          out.setLength(lastEnd);
        } else {
          out.append("<*>");
          lastEnd = out.length();
        }
        i += 3;
        continue;
      }
      char c = text.charAt(i++);
      if (!Character.isWhitespace(c)) {
        out.append(c);
      } else if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    return out.toString().strip();
  }

  private static boolean isGlue(StringBuilder out, int from) {
    for (int i = from; i < out.length(); i++) {
      if (Character.isLetterOrDigit(out.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
