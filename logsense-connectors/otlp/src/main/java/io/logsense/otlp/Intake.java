package io.logsense.otlp;

import io.logsense.api.source.RecordQueue;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the records of requests, and says what to answer. */
final class Intake {
  private final RecordQueue queue;
  private final int recordBytes;

  Intake(RecordQueue queue, int recordBytes) {
    this.queue = queue;
    this.recordBytes = recordBytes;
  }

  /**
   * Takes all records of a request but those that are too long: a line of JSON cannot be cut.
   *
   * @return null when there is no room, and nothing was taken
   */
  @Nullable ExportLogsServiceResponse take(List<byte[]> records) {
    List<byte[]> fit = records.stream().filter(record -> record.length <= recordBytes).toList();
    if (!fit.isEmpty() && !queue.offer(fit)) {
      return null;
    }
    ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
    int rejected = records.size() - fit.size();
    if (rejected > 0) {
      queue.dropped(rejected);
      answer
          .getPartialSuccessBuilder()
          .setRejectedLogRecords(rejected)
          .setErrorMessage("log records of more than " + recordBytes + " bytes as JSON");
    }
    return answer.build();
  }
}
