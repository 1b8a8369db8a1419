package io.logsense.benchmarks.anomaly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.benchmarks.MissingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One labelled series of the Numenta Anomaly Benchmark. */
final class NabSeries {
  private static final double PROBATION = 0.15;
  private static final int LONGEST = 5000;

  final String name;
  final long[] times;
  final double[] values;

  /** First and last point of each anomaly window. */
  final int[][] windows;

  /** The series; {@code windows} hold first and last time, in milliseconds. */
  NabSeries(String name, long[] times, double[] values, List<long[]> windows) {
    this.name = name;
    this.times = times;
    this.values = values;
    this.windows = new int[windows.size()][];
    for (int k = 0; k < this.windows.length; k++) {
      int first = Arrays.binarySearch(times, windows.get(k)[0]);
      int last = Arrays.binarySearch(times, windows.get(k)[1]);
      if (first < 0 || last < 0) {
        throw new IllegalArgumentException(name + ": a window begins or ends between points");
      }
      this.windows[k] = new int[] {first, last};
    }
  }

  /** How many points at the start are not scored. */
  int probation() {
    return (int) (PROBATION * Math.min(values.length, LONGEST));
  }

  /** All series below {@code folder/nab/data}, by name. */
  static List<NabSeries> read(Path folder) throws IOException {
    Path nab = folder.resolve("nab");
    if (!Files.exists(nab.resolve("combined_windows.json"))) {
      throw new MissingInput(
          "no series in %s; put there the folder data and labels/combined_windows.json of %s"
              .formatted(nab, "https://github.com/numenta/NAB, and run again with --data DIR"));
    }
    List<NabSeries> series = new ArrayList<>();
    for (Map.Entry<String, List<long[]>> entry :
        windows(nab.resolve("combined_windows.json")).entrySet()) {
      Path file = nab.resolve("data").resolve(entry.getKey());
      if (Files.exists(file)) {
        series.add(read(entry.getKey(), file, entry.getValue()));
      }
    }
    return series;
  }

  private static NabSeries read(String name, Path file, List<long[]> windows) throws IOException {
    List<String> lines = Files.readAllLines(file);
    long[] times = new long[lines.size() - 1];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      String line = lines.get(i + 1);
      int comma = line.indexOf(',');
      times[i] = time(line.substring(0, comma));
      values[i] = Double.parseDouble(line.substring(comma + 1));
    }
    return new NabSeries(name, times, values, windows);
  }

  private static Map<String, List<long[]>> windows(Path file) throws IOException {
    Map<String, List<long[]>> windows = new TreeMap<>();
    List<Long> times = new ArrayList<>();
    String name = "";
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          name = json.currentName();
          times.clear();
        } else if (token == JsonToken.VALUE_STRING) {
          times.add(time(json.getText()));
        } else if (token == JsonToken.START_ARRAY) {
          depth++;
        } else if (token == JsonToken.END_ARRAY && --depth == 0) {
          List<long[]> pairs = new ArrayList<>();
          for (int i = 0; i + 1 < times.size(); i += 2) {
            pairs.add(new long[] {times.get(i), times.get(i + 1)});
          }
          windows.put(name, pairs);
        }
      }
    }
    return windows;
  }

  private static long time(String text) {
    return LocalDateTime.parse(text.strip().replace(' ', 'T'))
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }
}
