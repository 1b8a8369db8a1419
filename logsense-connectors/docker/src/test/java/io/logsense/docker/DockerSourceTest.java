package io.logsense.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real engine. */
class DockerSourceTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Engine engine;

  @BeforeAll
  static void startEngine() throws Exception {
    engine = Engine.start();
  }

  @AfterAll
  static void stopEngine() throws Exception {
    if (engine != null) {
      engine.close();
    }
  }

  private record Line(String text, long offset, long time, boolean cut, Checkpoint behind) {}

  private static DockerSource.Builder source(String containers) {
    return DockerSource.builder().host(engine.host()).containers(containers);
  }

  private static String partition(String id, String stream) {
    return id.substring(0, 12) + "/" + stream;
  }

  private static void take(RecordBatch batch, Checkpoint behind, List<Line> lines) {
    for (int i = 0; i < batch.size(); i++) {
      lines.add(
          new Line(
              new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.UTF_8),
              batch.offset(i),
              batch.time(i),
              batch.truncated(i),
              behind));
    }
  }

  private static List<Line> readToEnd(PartitionReader reader) throws Exception {
    List<Line> lines = new ArrayList<>();
    RecordBatch batch = reader.poll(LONG);
    while (batch != null) {
      take(batch, reader.position(), lines);
      batch = reader.poll(LONG);
    }
    return lines;
  }

  /** Reads until there are {@code count} lines. */
  private static List<Line> read(PartitionReader reader, int count) throws Exception {
    List<Line> lines = new ArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              RecordBatch batch = reader.poll(Duration.ofMillis(200));
              assertThat(batch).isNotNull();
              take(batch, reader.position(), lines);
              return lines.size() >= count;
            });
    return lines;
  }

  private static List<Line> readUpTo(PartitionReader reader, String last) throws Exception {
    List<Line> lines = read(reader, 1);
    while (!lines.get(lines.size() - 1).text().equals(last)) {
      lines.addAll(read(reader, 1));
    }
    return lines;
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  private static List<Line> readAll(DockerSource source, String partition) throws Exception {
    try (PartitionReader reader = source.open(partition, Checkpoint.START)) {
      return readToEnd(reader);
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void aContainerHasOnePartitionForEachOfItsStreams() throws Exception {
    Instant before = Instant.now().minusSeconds(5);
    String id = engine.runToEnd("two-streams", "echo out 1; echo err 1 >&2; echo out 2");
    DockerSource source = source("two-streams").build();

    assertThat(source.partitions())
        .containsExactly(partition(id, "stdout"), partition(id, "stderr"));
    List<Line> out = readAll(source, partition(id, "stdout"));
    assertThat(texts(out)).containsExactly("out 1", "out 2");
    assertThat(texts(readAll(source, partition(id, "stderr")))).containsExactly("err 1");
    assertThat(out)
        .allSatisfy(
            line -> {
              assertThat(line.time()).isGreaterThan(before.getEpochSecond() * 1_000_000_000L);
              assertThat(line.cut()).isFalse();
            });
    assertThat(source.id()).isEqualTo("docker:" + engine.host() + "/two-streams");
  }

  @Test
  void aContainerSaysWhichServiceItIs() throws Exception {
    String id =
        engine.run(
            "shop-web-1",
            "echo hello",
            Map.of(
                "com.docker.compose.service", "web",
                "deployment.environment.name", "staging",
                "org.opencontainers.image.version", "1.4.2"),
            create -> create);
    try (PartitionReader reader =
        source("shop-*").build().open(partition(id, "stdout"), Checkpoint.START)) {
      assertThat(reader.labels())
          .containsOnly(
              Map.entry("service", "web"),
              Map.entry("environment", "staging"),
              Map.entry("version", "1.4.2"),
              Map.entry("container.id", id),
              Map.entry("container.name", "shop-web-1"),
              Map.entry("container.image.name", Engine.IMAGE),
              Map.entry("log.iostream", "stdout"));
    }
  }

  @Test
  void aTerminalHasOneStreamWithoutFrames() throws Exception {
    String id =
        engine.run("terminal", "echo one; echo two >&2", Map.of(), create -> create.withTty(true));
    engine.awaitEnd(id);
    DockerSource source = source("terminal").build();

    assertThat(texts(readAll(source, partition(id, "stdout")))).containsExactly("one", "two");
    assertThat(readAll(source, partition(id, "stderr"))).isEmpty();
  }

  @Test
  void linesThatTheEngineSplitAreWhole() throws Exception {
    String script =
        "for n in 16383 16384 16385 40000; do head -c $n /dev/zero | tr '\\0' x; echo; done;"
            + " echo end";
    String plain = engine.runToEnd("split-lines", script);
    String terminal =
        engine.run("split-terminal", script, Map.of(), create -> create.withTty(true));
    engine.awaitEnd(terminal);

    for (String id : List.of(plain, terminal)) {
      List<Line> lines = readAll(source("split-*").build(), partition(id, "stdout"));
      assertThat(lines.stream().map(line -> line.text().length()))
          .containsExactly(16383, 16384, 16385, 40000, 3);
      assertThat(lines.get(3).text()).isEqualTo("x".repeat(40000));
    }
    List<Line> cut =
        readAll(source("split-*").recordBytes(20_000).build(), partition(plain, "stdout"));
    assertThat(cut.get(3).text()).isEqualTo("x".repeat(20_000));
    assertThat(cut).extracting(Line::cut).containsExactly(false, false, false, true, false);
  }

  @Test
  void readingGoesOnBehindAnyLine() throws Exception {
    String id = engine.runToEnd("many-lines", "seq 1 60");
    // What a coarse clock writes: many lines at one time; and one that was set back.
    List<String> times = new ArrayList<>();
    IntStream.range(0, 30).forEach(i -> times.add("2026-03-01T10:00:0" + i / 10 + ".5Z"));
    IntStream.range(0, 30).forEach(i -> times.add("2026-03-01T10:00:02.70000000" + i / 4 + "Z"));
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < times.size(); i++) {
      log.append("{\"log\":\"" + (i + 1) + "\\n\",\"stream\":\"stdout\",\"time\":\"")
          .append(times.get(i))
          .append("\"}\n");
    }
    Files.writeString(engine.logFile(id), log);
    DockerSource source = source("many-lines").build();
    List<Line> all = readAll(source, partition(id, "stdout"));
    assertThat(texts(all)).isEqualTo(numbers(1, 60));
    assertThat(all.stream().map(Line::offset).collect(Collectors.toSet())).hasSize(60);

    LogPosition position = LogPosition.START;
    for (int i = 0; i < all.size(); i++) {
      position = position.after(Instant.parse(times.get(i)));
      try (PartitionReader reader = source.open(partition(id, "stdout"), position.toCheckpoint())) {
        List<Line> rest = readToEnd(reader);
        assertThat(texts(rest)).isEqualTo(numbers(i + 2, 60));
        assertThat(rest)
            .extracting(Line::offset)
            .isEqualTo(all.subList(i + 1, 60).stream().map(Line::offset).toList());
      }
    }
    assertThat(all.get(59).behind()).isEqualTo(position.toCheckpoint());
  }

  @Test
  void nothingIsLostWhenTheClockWasSetBack() throws Exception {
    String id = engine.runToEnd("set-back", "echo");
    String log =
        IntStream.rangeClosed(1, 20)
            .mapToObj(
                i ->
                    "{\"log\":\"%d\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-01T10:00:%02d.5Z\"}\n"
                        .formatted(i, i <= 10 ? 30 + i : 25 + i))
            .collect(Collectors.joining());
    Files.writeString(engine.logFile(id), log);
    DockerSource source = source("set-back").build();
    List<Line> all = readAll(source, partition(id, "stdout"));
    assertThat(texts(all)).isEqualTo(numbers(1, 20));

    LogPosition behind = new LogPosition(Instant.ofEpochSecond(0, all.get(12).time()), 1);
    try (PartitionReader reader = source.open(partition(id, "stdout"), behind.toCheckpoint())) {
      assertThat(texts(readToEnd(reader))).containsAll(numbers(14, 20));
    }
  }

  @Test
  void linesFromBeforeATimeAreLeftOut() throws Exception {
    String id = engine.runToEnd("since", "seq 1 5");
    List<Line> all = readAll(source("since").build(), partition(id, "stdout"));
    Instant third = Instant.ofEpochSecond(0, all.get(2).time());

    assertThat(texts(readAll(source("since").since(third).build(), partition(id, "stdout"))))
        .isEqualTo(numbers(3, 5));
  }

  @Test
  void followsOverRestartsAndEndsWhenTheContainerIsRemoved() throws Exception {
    String id = engine.runToEnd("restarted", "echo started; seq 1 3");
    DockerSource source = source("restarted").follow(true).build();
    try (PartitionReader reader = source.open(partition(id, "stdout"), Checkpoint.START)) {
      List<Line> lines = read(reader, 4);
      assertThat(reader.poll(Duration.ofMillis(50))).isNotNull();

      engine.client().startContainerCmd(id).exec();
      lines.addAll(read(reader, 4));
      engine.awaitEnd(id);
      engine.client().startContainerCmd(id).exec();
      lines.addAll(read(reader, 4));

      assertThat(texts(lines))
          .containsExactly(
              "started", "1", "2", "3", "started", "1", "2", "3", "started", "1", "2", "3");
      assertThat(lines.stream().map(Line::offset).collect(Collectors.toSet())).hasSize(12);

      engine.client().removeContainerCmd(id).withForce(true).exec();
      assertThat(readToEnd(reader)).isEmpty();
    }
    assertThat(source.partitions()).isEmpty();
    assertThatThrownBy(() -> source.open(partition(id, "stdout"), Checkpoint.START))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.EXTERNAL))
        .hasMessageContaining(id.substring(0, 12));
  }

  @Test
  void aContainerThatStartsLaterBecomesAPartition() throws Exception {
    DockerSource source = source("later-*").follow(true).build();
    assertThat(source.partitions()).isEmpty();
    String id = engine.run("later-1", "while true; do echo tick; sleep 1; done");

    assertThat(source.partitions()).contains(partition(id, "stdout"));
    try (PartitionReader reader = source.open(partition(id, "stdout"), Checkpoint.START)) {
      assertThat(texts(read(reader, 3))).contains("tick");
      assertThat(reader.poll(Duration.ZERO)).isNotNull();
    }
    engine.client().removeContainerCmd(id).withForce(true).exec();
  }

  @Test
  void followsLogsThatAreRotated() throws Exception {
    LogConfig rotating =
        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "20k", "max-file", "5"));
    String id =
        engine.run(
            "rotated",
            "for i in $(seq 1 1500); do echo $i; usleep 500; done",
            Map.of(),
            create ->
                create.withHostConfig(
                    HostConfig.newHostConfig().withNetworkMode("none").withLogConfig(rotating)));
    DockerSource source = source("rotated").follow(true).build();
    List<Line> lines;
    try (PartitionReader reader = source.open(partition(id, "stdout"), Checkpoint.START)) {
      lines = read(reader, 600);
    }
    try (PartitionReader reader =
        source.open(partition(id, "stdout"), lines.get(lines.size() - 1).behind())) {
      lines.addAll(readUpTo(reader, "1500"));
    }
    assertThat(Files.exists(engine.logFile(id).resolveSibling(id + "-json.log.1"))).isTrue();
    // What the engine sends again has the same offset.
    TreeMap<Long, String> once = new TreeMap<>();
    lines.forEach(line -> once.put(line.offset(), line.text()));
    assertThat(once.values()).containsExactlyElementsOf(numbers(1, 1500));
  }

  @Test
  void goesOnAfterALostConnection() throws Exception {
    String id = engine.run("cut", "for i in $(seq 1 40); do echo $i; usleep 50000; done");
    try (Relay relay = new Relay(engine.socket());
        PartitionReader reader =
            DockerSource.builder()
                .host(relay.host())
                .follow(true)
                .build()
                .open(partition(id, "stdout"), Checkpoint.START)) {
      List<Line> lines = read(reader, 5);
      relay.cut();
      Throwable failure = null;
      while (failure == null) {
        List<Line> more = new ArrayList<>();
        failure = catchThrowable(() -> take(reader.poll(LONG), reader.position(), more));
        lines.addAll(more);
      }
      assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining(relay.host());
      lines.addAll(read(reader, 40 - lines.size()));
      assertThat(texts(lines)).isEqualTo(numbers(1, 40));
    }
  }

  @Test
  void readsOnInTheLogOfAContainerThatHasEnded() throws Exception {
    String id = engine.runToEnd("ended", "seq 1 200000");
    try (Relay relay = new Relay(engine.socket());
        PartitionReader reader =
            DockerSource.builder()
                .host(relay.host())
                .build()
                .open(partition(id, "stdout"), Checkpoint.START)) {
      List<Line> lines = read(reader, 5);
      relay.cut();
      Throwable failure = null;
      while (failure == null) {
        List<Line> more = new ArrayList<>();
        failure = catchThrowable(() -> take(reader.poll(LONG), reader.position(), more));
        lines.addAll(more);
      }
      assertThat(failure).isInstanceOf(IOException.class);
      lines.addAll(read(reader, 200_000 - lines.size()));
      assertThat(reader.poll(LONG)).isNull();
      assertThat(texts(lines)).isEqualTo(numbers(1, 200_000));
    }
  }

  @Test
  void closingEndsTheThreadThatReads() throws Exception {
    String id = engine.run("closed", "while true; do seq 1 5000; done");
    PartitionReader reader =
        source("closed").follow(true).build().open(partition(id, "stdout"), Checkpoint.START);
    read(reader, 1);
    assertThat(streamThreads()).isNotEmpty();
    reader.close();
    engine.client().removeContainerCmd(id).withForce(true).exec();
    await().atMost(LONG).until(() -> streamThreads().isEmpty());
  }

  private static Set<String> streamThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("docker-java-stream"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void saysWhenALogCannotBeRead() throws Exception {
    String id =
        engine.run(
            "no-log",
            "echo lost",
            Map.of(),
            create ->
                create.withHostConfig(
                    HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))));
    try (PartitionReader reader =
        source("no-log").build().open(partition(id, "stdout"), Checkpoint.START)) {
      assertThatThrownBy(() -> reader.poll(LONG))
          .isInstanceOfSatisfying(
              LogSenseException.class,
              e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.EXTERNAL))
          .hasMessageContaining("does not support reading");
    }
  }

  @Test
  void binaryOutputIsHandedOn() throws Exception {
    String id = engine.runToEnd("binary", "head -c 100000 /bin/busybox; echo; echo end");
    List<Line> lines = readAll(source("binary").build(), partition(id, "stdout"));

    assertThat(lines.get(lines.size() - 1).text()).isEqualTo("end");
    assertThat(lines).allMatch(line -> line.time() != LogEvent.NO_TIMESTAMP);
  }

  @Test
  void choosesContainersByLabelPatternAndId() throws Exception {
    String a = engine.run("pick-a", "echo a", Map.of("team", "red"), create -> create);
    String b = engine.run("pick-b", "echo b", Map.of("team", "blue"), create -> create);

    assertThat(source("pick-*").build().partitions()).hasSize(4);
    assertThat(source("pick-?").labels(List.of("team=red")).build().partitions())
        .containsExactly(partition(a, "stdout"), partition(a, "stderr"));
    assertThat(source(b).build().partitions()).contains(partition(b, "stderr")).hasSize(2);
    assertThat(source("pick").build().partitions()).isEmpty();
  }
}
