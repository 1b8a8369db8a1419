package io.logsense.benchmarks.accuracy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.benchmarks.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many real stack traces come out of a text whole, and how many of their frames are read right.
 *
 * <p><b>Intact.</b> Every file of {@code traces/MANIFEST.jsonl} is put between two ordinary lines,
 * once of plain words and once with a time stamp, and counts only if it is right both times. A file
 * that holds one trace is right when exactly one trace comes out and covers all lines of the file
 * (blank lines at its ends aside) and neither of the ordinary lines. Which files hold more is told
 * without the library, by regular expressions: an {@code at} line below a line that is neither a
 * frame, nor a nested header, nor blank begins another trace if frames came before, and these files
 * are cut from test sources, with program text between their traces. Such a file is right when
 * exactly as many traces come out, each from the line above its first frame to the last of its
 * frames, and it is shown in a column of its own. Lines of program source at the beginning or the
 * end of a file, outside all frames, need not be covered. {@code all} is over both kinds; {@code
 * oneTrace} is the plain rule alone.
 *
 * <p><b>Frames.</b> The frames of a file are compared as bags of class, method, file and line with
 * (1) a regular expression over each line that begins with {@code at} and is of a JVM, in the
 * manifest's Java files, the Defects4J files and the logs of codex-minecraft, (2) the golden JSON
 * of gostackparse. Right are the frames in both bags, out of the larger bag.
 *
 * <p>Arguments: the data folder (default {@code ../shared/data}), {@code --json} for one JSON line
 * per figure, {@code --wrong} to name what failed.
 */
public final class ExtractionAccuracy {
  private static final List<String[]> SURROUNDINGS =
      List.of(
          new String[] {"the server is up and waits", "one more ordinary line of words"},
          new String[] {
            "2024-05-01 12:00:00,123 INFO [main] com.x.Y - ordinary line",
            "2024-05-01 12:00:01,456 INFO [main] com.x.Y - ordinary line"
          });

  private static final Pattern AT = Pattern.compile("\\s*(?:eval )?at .*");
  private static final Pattern WITHIN =
      Pattern.compile(
          "\\s*(?:(?:Caused by|Wrapped by|Suppressed):.*|\\.\\.\\. .*|---.*|\\[CIRCULAR.*|[*|]_.*|)");
  private static final Pattern SOURCE =
      Pattern.compile(".*[\\[({;=,]\\s*|\\s*#.*|\\s*[\\])}]+;?\\s*|\\s*\\w+ = .*|\\s*<\\d+>");
  private static final Pattern JVM_FRAME =
      Pattern.compile(
          "\\s*at (?:[^()]*?/)?([^()/]*(?:/0x[0-9a-f]+)?)\\.([^().]+)"
              + "\\((Native Method|Unknown Source(?::\\d+)?|[^():]*(?::\\d+)?)\\).*");

  private record Entry(String language, String file) {}

  private static final class Tally {
    int right;
    int all;
    int rightAlone;
    int alone;
  }

  private final Path traces;
  private final boolean wrong;
  private final Map<String, Tally> intact = new TreeMap<>();
  private final Map<String, int[]> frames = new TreeMap<>();

  private ExtractionAccuracy(Path data, boolean wrong) {
    this.traces = data.resolve("traces");
    this.wrong = wrong;
  }

  /** Runs everything and prints it. */
  public static void main(String[] arguments) throws IOException {
    List<String> options = Arrays.asList(arguments);
    int at = options.indexOf("--data");
    Path data = Path.of(at < 0 ? "../shared/data" : options.get(at + 1));
    ExtractionAccuracy run = new ExtractionAccuracy(data, options.contains("--wrong"));
    run.intact();
    run.javaFrames();
    run.goFrames();
    if (options.contains("--json")) {
      run.printJson();
    } else {
      run.printTable();
    }
  }

  private void intact() throws IOException {
    for (Entry entry : manifest()) {
      Path file = traces.resolve(entry.file());
      if (!Files.exists(file)) {
        continue;
      }
      List<String> lines = trimmed(lines(file));
      List<int[]> expected = expected(lines);
      boolean right = true;
      for (String[] around : SURROUNDINGS) {
        right &= isRight(lines, expected, around);
      }
      Tally tally = intact.computeIfAbsent(entry.language(), k -> new Tally());
      tally.all++;
      tally.right += right ? 1 : 0;
      if (expected.size() == 1) {
        tally.alone++;
        tally.rightAlone += right ? 1 : 0;
      }
      if (wrong && !right) {
        System.err.println("not intact: " + entry.file() + " expected " + describe(expected));
      }
    }
  }

  private static boolean isRight(List<String> lines, List<int[]> expected, String[] around) {
    List<StackTrace> found =
        extract(around[0] + "\n" + String.join("\n", lines) + "\n" + around[1] + "\n");
    if (found.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < found.size(); i++) {
      int first = found.get(i).firstLine() - 1;
      int last = first + found.get(i).lines() - 1;
      if (first < 0 || last >= lines.size()) {
        return false;
      }
      if (expected.size() == 1) {
        if (!uncoveredIsSource(lines, first, last)) {
          return false;
        }
      } else if (first > expected.get(i)[0] || last < expected.get(i)[1]) {
        return false;
      }
    }
    return true;
  }

  private static boolean uncoveredIsSource(List<String> lines, int first, int last) {
    for (int i = 0; i < lines.size(); i++) {
      if ((i < first || i > last) && !SOURCE.matcher(lines.get(i)).matches()) {
        return false;
      }
    }
    return true;
  }

  /** First and last lines of the traces of a file; all its lines when there is one. */
  private static List<int[]> expected(List<String> lines) {
    List<int[]> traces = new ArrayList<>();
    int first = -1;
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (AT.matcher(line).matches()) {
        boolean below = i > 0 && !isWithin(lines.get(i - 1));
        if (first < 0 || (below && !inFrames(lines, last, i))) {
          if (first >= 0) {
            traces.add(new int[] {first, last});
          }
          first = Math.max(0, i - 1);
        }
        last = i;
      } else if (first >= 0 && WITHIN.matcher(line).matches() && !line.isBlank()) {
        last = i;
      }
    }
    if (traces.isEmpty()) {
      return List.of(new int[] {0, lines.size() - 1});
    }
    traces.add(new int[] {first, last});
    return traces;
  }

  private static boolean isWithin(String line) {
    return AT.matcher(line).matches() || WITHIN.matcher(line).matches();
  }

  /** Whether all lines between two frames belong to the trace: messages of a nested header. */
  private static boolean inFrames(List<String> lines, int last, int next) {
    for (int i = last + 1; i < next; i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("Caused by")
          || line.startsWith("Suppressed")
          || line.startsWith("Wrapped by")
          || line.startsWith("[cause]")
          || line.startsWith("[ERROR] FATAL")
          || line.startsWith("ComposedException")
          || line.startsWith("Original Stack Trace")
          || line.startsWith("at ")) {
        return true;
      }
    }
    // Backtraces of Rust have a line of another kind before each "at", members of an aggregate too.
    return lines.get(next - 1).strip().matches("\\d+: .*|\\w*Error: .*");
  }

  private static String describe(List<int[]> expected) {
    StringBuilder out = new StringBuilder();
    for (int[] trace : expected) {
      out.append(trace[0]).append('-').append(trace[1]).append(' ');
    }
    return out.toString();
  }

  private void javaFrames() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Entry entry : manifest()) {
      if (entry.language().equals("java") && Files.exists(traces.resolve(entry.file()))) {
        files.add(traces.resolve(entry.file()));
      }
    }
    for (String folder : List.of("groundtruth/defects4j", "groundtruth/codex-minecraft")) {
      if (Files.isDirectory(traces.resolve(folder))) {
        try (Stream<Path> found = Files.walk(traces.resolve(folder))) {
          found
              .filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".json"))
              .sorted()
              .forEach(files::add);
        }
      }
    }
    for (Path file : files) {
      Map<String, Integer> expected = new HashMap<>();
      for (String line : lines(file)) {
        Matcher frame = JVM_FRAME.matcher(line);
        if (frame.matches() && isJvm(line)) {
          expected.merge(jvmFrame(frame), 1, Integer::sum);
        }
      }
      Map<String, Integer> ours = new HashMap<>();
      for (StackTrace trace : extract(Files.readString(file, StandardCharsets.ISO_8859_1))) {
        if (trace.language().equals("java")) {
          collect(trace.error(), false, ours);
        }
      }
      compare("java", file, expected, ours);
    }
  }

  /** Not a frame of Node or .NET that happens to look alike. */
  private static boolean isJvm(String line) {
    return !line.matches(
            ".*:\\d+:\\d+\\)?.*|.*\\(\\).*|.* in .*:\\w+ ?\\d*|.*\\([A-Za-z]+ [A-Za-z]+.*")
        || line.contains("(Native Method)")
        || line.contains("(Unknown Source");
  }

  private static String jvmFrame(Matcher frame) {
    String place = frame.group(3);
    int colon = place.lastIndexOf(':');
    String file = colon < 0 ? place : place.substring(0, colon);
    int line = colon < 0 ? -1 : Integer.parseInt(place.substring(colon + 1));
    if (place.equals("Native Method")) {
      line = StackFrame.NATIVE_LINE;
    }
    boolean unknown =
        file.equals("Native Method") || file.equals("Unknown Source") || file.isEmpty();
    return frame.group(1).strip()
        + '|'
        + frame.group(2)
        + '|'
        + (unknown ? null : file)
        + '|'
        + line;
  }

  private void goFrames() throws IOException {
    Path folder = traces.resolve("groundtruth/gostackparse/test-fixtures");
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    }
    for (Path file : files) {
      Path golden =
          file.resolveSibling(file.getFileName().toString().replace(".txt", ".golden.json"));
      Map<String, Integer> expected = new HashMap<>();
      if (!goldenFrames(golden, expected)) {
        continue;
      }
      Map<String, Integer> ours = new HashMap<>();
      for (StackTrace trace : extract(Files.readString(file, StandardCharsets.ISO_8859_1))) {
        collect(trace.error(), true, ours);
      }
      compare("go", file, expected, ours);
    }
  }

  /** False for inputs that gostackparse rejects in part. */
  private static boolean goldenFrames(Path golden, Map<String, Integer> frames) throws IOException {
    String function = "";
    String file = "";
    boolean createdBy = false;
    try (JsonParser json = new JsonFactory().createParser(Files.readString(golden))) {
      while (json.nextToken() != null) {
        if (json.currentToken() != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "Errors" -> {
            if (value != JsonToken.VALUE_NULL) {
              return false;
            }
          }
          case "Stack" -> createdBy = false;
          case "CreatedBy" -> createdBy = true;
          case "Func" -> function = json.getText();
          case "File" -> file = json.getText();
          case "Line" -> {
            if (!createdBy) {
              frames.merge(function + '|' + file + '|' + json.getIntValue(), 1, Integer::sum);
            }
          }
          default -> {}
        }
      }
    }
    return true;
  }

  private void compare(
      String name, Path file, Map<String, Integer> expected, Map<String, Integer> ours) {
    int common = 0;
    for (Map.Entry<String, Integer> frame : expected.entrySet()) {
      int both = Math.min(frame.getValue(), ours.getOrDefault(frame.getKey(), 0));
      common += both;
      if (wrong && both < frame.getValue()) {
        System.err.println("missing in " + file.getFileName() + ": " + frame.getKey());
      }
    }
    int larger = Math.max(sum(expected), sum(ours));
    if (wrong && sum(ours) > sum(expected)) {
      ours.keySet().removeAll(expected.keySet());
      System.err.println("too many in " + file.getFileName() + ": " + ours.keySet());
    }
    int[] tally = frames.computeIfAbsent(name, k -> new int[2]);
    tally[0] += common;
    tally[1] += larger;
  }

  private static int sum(Map<String, Integer> bag) {
    return bag.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void collect(ThrownError error, boolean go, Map<String, Integer> bag) {
    for (StackFrame frame : error.frames()) {
      String name =
          go
              ? (frame.className().isEmpty() ? "" : frame.className() + '.') + frame.method()
              : frame.className() + '|' + frame.method();
      bag.merge(name + '|' + frame.file() + '|' + frame.line(), 1, Integer::sum);
    }
    error.suppressed().forEach(e -> collect(e, go, bag));
    ThrownError cause = error.cause();
    if (cause != null) {
      collect(cause, go, bag);
    }
  }

  private static List<StackTrace> extract(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return StackTraces.extractor().extract(bytes, 0, bytes.length).stream().toList();
  }

  /** Bytes as characters, so that nothing is changed on the way. */
  private static List<String> lines(Path file) throws IOException {
    return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1));
  }

  private static List<String> trimmed(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    return lines.subList(from, to);
  }

  private List<Entry> manifest() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(traces.resolve("MANIFEST.jsonl"))) {
      String language = "";
      String file = "";
      try (JsonParser json = new JsonFactory().createParser(line)) {
        while (json.nextToken() != null) {
          if (json.currentToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("lang")) {
              language = json.getText().equals("node") ? "js" : json.getText();
            } else if (name.equals("file")) {
              file = json.getText();
            }
          }
        }
      }
      entries.add(new Entry(language, file));
    }
    return entries;
  }

  private static double share(double right, double all) {
    return all == 0 ? Double.NaN : right / all;
  }

  private double intactOther() {
    int right = 0;
    int all = 0;
    for (Map.Entry<String, Tally> e : intact.entrySet()) {
      if (!e.getKey().equals("java")) {
        right += e.getValue().right;
        all += e.getValue().all;
      }
    }
    return share(right, all);
  }

  private double framesRight() {
    int right = 0;
    int all = 0;
    for (int[] tally : frames.values()) {
      right += tally[0];
      all += tally[1];
    }
    return share(right, all);
  }

  private void printTable() {
    System.out.println("language        intact all         one trace a file");
    intact.forEach(
        (language, t) ->
            System.out.printf(
                Locale.ROOT,
                "%-12s %4d of %4d  %.3f  %4d of %4d  %.3f%n",
                language,
                t.right,
                t.all,
                share(t.right, t.all),
                t.rightAlone,
                t.alone,
                share(t.rightAlone, t.alone)));
    System.out.printf(Locale.ROOT, "%nframes          right%n");
    frames.forEach(
        (name, t) ->
            System.out.printf(
                Locale.ROOT, "%-12s %4d of %4d  %.4f%n", name, t[0], t[1], share(t[0], t[1])));
  }

  private void printJson() {
    Tally java = intact.getOrDefault("java", new Tally());
    print("accuracy.intactJava", share(java.right, java.all));
    print("accuracy.intactOther", intactOther());
    print("accuracy.framesRight", framesRight());
  }

  private static void print(String metric, double value) {
    Figure figure = Figure.of("accuracy-extraction", metric, "ratio", value, "traces");
    System.out.println(figure.toJson());
  }
}
