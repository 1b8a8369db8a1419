package io.logsense.benchmarks.sessions;

import io.logsense.benchmarks.MissingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One data set of labelled sessions, in the files of the benchmark of Landauer et al.
 *
 * @param name the name of its folder
 * @param train normal sessions to learn from
 * @param normal normal sessions to judge
 * @param abnormal sessions with an anomaly
 * @param normalCount how many normal sessions there are in truth, of which {@code normal} may be a
 *     sample
 */
record SessionSet(
    String name,
    List<List<String>> train,
    List<List<String>> normal,
    List<List<String>> abnormal,
    int normalCount) {
  /** Normal sessions of HDFS as LogDeep has them, of which its small files hold 7,000. */
  private static final int HDFS_LOGDEEP_NORMAL = 553_366;

  private static final String HELP =
      """
      no labelled sessions in %s
      Expected: one folder for each data set, with NAME_train, NAME_test_normal and NAME_test_abnormal;
      a line is a session: event numbers, apart by blanks, behind "id," where there is one.
      To get them:
        git clone https://github.com/ait-aecid/anomaly-detection-log-datasets DIR/sessions
      and for HDFS, whose normal sessions are too large for some copies of that repository, from
      https://github.com/donglee-afar/logdeep the files of data/hdfs in DIR/sessions/hdfs_logdeep
      (hdfs_train, hdfs_test_abnormal, and hdfs_test_normal or robust_log_train.csv and
      robust_log_valid.csv); then run again with --data DIR""";

  /** All sets below {@code data/sessions} of which all files are there, by name. */
  static List<SessionSet> read(Path data) throws IOException {
    Path root = data.resolve("sessions");
    List<SessionSet> sets = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> folders = Files.list(root).filter(Files::isDirectory).sorted()) {
        for (Path folder : folders.toList()) {
          add(sets, folder);
        }
      }
    }
    if (sets.isEmpty()) {
      throw new MissingInput(HELP.formatted(root));
    }
    return sets;
  }

  private static void add(List<SessionSet> sets, Path folder) throws IOException {
    String name = folder.getFileName().toString();
    Path prefix = folder.resolve(name.replaceFirst("_.*", ""));
    Path train = Path.of(prefix + "_train");
    Path normal = Path.of(prefix + "_test_normal");
    Path abnormal = Path.of(prefix + "_test_abnormal");
    if (!Files.isRegularFile(train) || !Files.isRegularFile(abnormal)) {
      return;
    }
    if (Files.isRegularFile(normal)) {
      List<List<String>> sessions = sessions(normal);
      sets.add(
          new SessionSet(name, sessions(train), sessions, sessions(abnormal), sessions.size()));
    } else if (Files.isRegularFile(folder.resolve("robust_log_train.csv"))) {
      List<List<String>> sessions = new ArrayList<>();
      for (String file : List.of("robust_log_train.csv", "robust_log_valid.csv")) {
        for (String line : Files.readAllLines(folder.resolve(file))) {
          if (line.endsWith(",0")) {
            sessions.add(SessionRules.events(line.substring(0, line.length() - 2)));
          }
        }
      }
      sets.add(
          new SessionSet(name, sessions(train), sessions, sessions(abnormal), HDFS_LOGDEEP_NORMAL));
    }
  }

  private static List<List<String>> sessions(Path file) throws IOException {
    List<List<String>> sessions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> events = SessionRules.events(line);
      if (!events.isEmpty()) {
        sessions.add(events);
      }
    }
    return sessions;
  }
}
