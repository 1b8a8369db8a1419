package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a double: what the emulator cannot do. */
class KinesisDoubleTest {
  private AwsDouble aws;

  @BeforeEach
  void start() throws IOException {
    aws = AwsDouble.start(KinesisDoubleTest::answer);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** A shard of three records, one in each answer; an iterator is the number of the next. */
  private static String answer(String operation, Map<String, String> request) {
    if (operation.equals("GetShardIterator")) {
      String after = request.getOrDefault("StartingSequenceNumber", "0");
      return "{\"ShardIterator\":\"" + after + "\"}";
    }
    int next = Integer.parseInt(request.get("ShardIterator")) + 1;
    String record =
        next > 3
            ? ""
            : "{\"SequenceNumber\":\"%d\",\"Data\":\"%s\",\"ApproximateArrivalTimestamp\":%d}"
                .formatted(
                    next,
                    Base64.getEncoder()
                        .encodeToString(("r" + next).getBytes(StandardCharsets.UTF_8)),
                    next);
    return "{\"Records\":[%s],\"NextShardIterator\":\"%d\",\"MillisBehindLatest\":%d}"
        .formatted(record, Math.min(next, 3), next > 3 ? 0 : 1000);
  }

  private PartitionReader open() {
    return KinesisSource.builder("stream")
        .access(Access.to(aws.uri()))
        .pause(Duration.ZERO)
        .build()
        .open("shardId-000000000000", Checkpoint.START);
  }

  @Test
  void tooManyCallsAreAFailureThatPasses() throws Exception {
    try (PartitionReader reader = open()) {
      assertThat(Records.next(reader, 1).get(0).text()).isEqualTo("r1");
      aws.fail(2, 400, "ProvisionedThroughputExceededException");
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shardId-000000000000");
      assertThat(Records.texts(reader)).containsExactly("r2", "r3");
    }
  }

  @Test
  void anIteratorThatHasExpiredIsAskedForAgain() throws Exception {
    try (PartitionReader reader = open()) {
      Records.next(reader, 1);
      aws.fail(1, 400, "ExpiredIteratorException");
      assertThat(Records.texts(reader)).containsExactly("r2", "r3");
      assertThat(aws.calls()).filteredOn("GetShardIterator"::equals).hasSize(2);
    }
  }

  @Test
  void aRightThatIsMissingIsNamed() throws Exception {
    aws.fail(1, 400, "AccessDeniedException");
    try (PartitionReader reader = open()) {
      assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
          .hasMessageContaining("kinesis:GetRecords");
    }
  }
}
