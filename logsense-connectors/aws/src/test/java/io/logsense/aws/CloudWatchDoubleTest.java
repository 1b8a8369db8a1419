package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.aws.Records.Record;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a double: what emulators cannot do. */
class CloudWatchDoubleTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final int PAGE = 7;

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private volatile Instant now = NOW;
  private volatile String refusedToken = "";
  private AwsDouble aws;

  private record Event(long time, String id) {
    String json() {
      return "{\"timestamp\":%d,\"eventId\":\"%s\",\"message\":\"m%s\",\"logStreamName\":\"s\"}"
          .formatted(time, id, id);
    }
  }

  @BeforeEach
  void start() throws IOException {
    aws = AwsDouble.start((operation, request) -> filter(request));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private String filter(Map<String, String> request) {
    String token = request.getOrDefault("nextToken", "0");
    if (token.equals(refusedToken)) {
      refusedToken = "";
      throw new AwsDouble.Refused("InvalidParameterException");
    }
    long from = Long.parseLong(request.getOrDefault("startTime", "0"));
    long to = Long.parseLong(request.getOrDefault("endTime", "" + Long.MAX_VALUE));
    List<Event> found =
        List.copyOf(events).stream()
            .filter(event -> event.time >= from && event.time <= to)
            .sorted(Comparator.comparingLong(Event::time))
            .toList();
    int start = Integer.parseInt(token);
    int end = Math.min(found.size(), start + PAGE);
    String next = end < found.size() ? ",\"nextToken\":\"" + end + "\"" : "";
    return found.subList(start, end).stream()
        .map(Event::json)
        .collect(Collectors.joining(",", "{\"events\":[", "]" + next + "}"));
  }

  private void add(long secondsBeforeNow, String... ids) {
    for (String id : ids) {
      events.add(new Event(now.toEpochMilli() - secondsBeforeNow * 1000, id));
    }
  }

  private CloudWatchSource source(boolean follow) {
    return CloudWatchSource.builder("group")
        .access(Access.to(aws.uri()))
        .plan((follow ? QueryPlan.following() : QueryPlan.bounded()).interval(Duration.ofMillis(1)))
        .clock(() -> now)
        .build();
  }

  private PartitionReader open(boolean follow, Checkpoint from) throws IOException {
    return source(follow).open("group", from);
  }

  private static List<String> ids(List<Record> records) {
    return records.stream().map(record -> record.text().substring(1)).toList();
  }

  @Test
  void eventsThatAreFoundLateComeOnceAndNothingComesTwice() throws Exception {
    add(3600, "old");
    add(30, "a", "b");
    try (PartitionReader reader = open(true, Checkpoint.START)) {
      assertThat(ids(Records.next(reader, 3))).containsExactly("old", "a", "b");
      add(50, "late");
      add(30, "equal");
      now = now.plusSeconds(61);
      assertThat(ids(Records.next(reader, 2))).containsExactly("late", "equal");
      add(0, "new");
      assertThat(ids(Records.next(reader, 1))).containsExactly("new");
      for (int i = 0; i < 5; i++) {
        assertThat(Records.copy(reader.poll(Records.PATIENCE))).isEmpty();
      }
    }
  }

  @Test
  void anotherReaderFindsLateEventsAndRepeatsNone() throws Exception {
    add(3600, "old");
    add(30, "a", "b");
    Checkpoint position;
    try (PartitionReader reader = open(true, Checkpoint.START)) {
      Records.next(reader, 3);
      position = reader.position();
    }
    add(50, "late");
    add(30, "equal");
    add(0, "new");
    try (PartitionReader reader = open(false, position)) {
      assertThat(ids(Records.toEnd(reader))).containsExactly("late", "equal", "new");
    }
  }

  @Test
  void afterAFailureTheSamePageIsAskedForAgain() throws Exception {
    IntStream.range(0, 20).forEach(i -> add(1000 - i, "e" + i));
    try (PartitionReader reader = open(false, Checkpoint.START)) {
      List<String> ids = new ArrayList<>(ids(Records.next(reader, 1)));
      aws.fail(2, 400, "ThrottlingException");
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("log group group");
      aws.fail(2, 503, "ServiceUnavailableException");
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE)).isInstanceOf(IOException.class);
      ids.addAll(ids(Records.toEnd(reader)));
      assertThat(ids).isEqualTo(IntStream.range(0, 20).mapToObj(i -> "e" + i).toList());
    }
  }

  @Test
  void aServerThatFallsSilentIsAFailureThatPasses() throws Exception {
    add(10, "a");
    try (FaultyProxy proxy = FaultyProxy.to(aws.address());
        PartitionReader reader =
            CloudWatchSource.builder("group")
                .access(
                    Access.to(URI.create("http://" + proxy.authority()))
                        .timeout(Duration.ofSeconds(1)))
                .clock(() -> now)
                .build()
                .open("group", Checkpoint.START)) {
      proxy.inject(Faults.Fault.SILENT);
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE)).isInstanceOf(IOException.class);
      proxy.heal();
      List<Record> records =
          await().ignoreException(IOException.class).until(() -> Records.toEnd(reader), r -> true);
      assertThat(ids(records)).containsExactly("a");
    }
  }

  @Test
  void whenThePlaceInAListHasExpiredNothingIsLostOrRepeated() throws Exception {
    IntStream.range(0, 20).forEach(i -> add(1000 - i, "e" + i));
    refusedToken = "7";
    try (PartitionReader reader = open(false, Checkpoint.START)) {
      assertThat(ids(Records.toEnd(reader)))
          .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "e" + i).toList());
    }
  }

  @Test
  void whatIsRefusedNamesTheRight() throws Exception {
    aws.fail(2, 400, "AccessDeniedException");
    aws.fail(2, 400, "ResourceNotFoundException");
    try (PartitionReader reader = open(false, Checkpoint.START)) {
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
          .hasMessageContaining("it needs logs:FilterLogEvents");
    }
  }

  @Test
  void aFilterThatIsNoneIsTheCallersFault() throws Exception {
    aws.fail(1, 400, "InvalidParameterException");
    try (PartitionReader reader = open(false, Checkpoint.START)) {
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE));
    }
  }

  @Test
  void timesAreThoseOfTheEvents() throws Exception {
    add(5, "a");
    try (PartitionReader reader = open(false, Checkpoint.START)) {
      assertThat(Records.next(reader, 1).get(0).time())
          .isEqualTo(NOW.minusSeconds(5).getEpochSecond() * 1_000_000_000L);
      assertThat(reader.labels())
          .containsEntry("cloud.region", Access.REGION)
          .containsEntry("aws.log.group.names", "group")
          .doesNotContainKey("service");
    }
  }
}
