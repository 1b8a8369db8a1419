package io.logsense.clickhouse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An event as a row. */
final class EventRow {
  /** The columns, in the order of {@link #write} and {@link #read}. */
  static final String COLUMNS =
      "time, id, severity, service, environment, version, commit_id, logger, thread, group_id,"
          + " trace_id, request_id, message, stack_trace, attributes, source, source_offset, line,"
          + " lines";

  private static final NavigableMap<Integer, Severity> SEVERITIES = severities();

  private EventRow() {}

  private static NavigableMap<Integer, Severity> severities() {
    NavigableMap<Integer, Severity> byNumber = new TreeMap<>();
    for (Severity severity : Severity.values()) {
      byNumber.put(severity.number(), severity);
    }
    return byNumber;
  }

  static void write(StoredEvent stored, RowWriter row) {
    LogEvent event = stored.event();
    SourcePosition position = event.position();
    row.number(event.timestamp(), Long.BYTES)
        .text(stored.id())
        .number(event.severity().number(), Byte.BYTES)
        .text(event.service())
        .text(event.environment())
        .text(event.version())
        .text(event.commit())
        .text(event.logger())
        .text(event.thread())
        .text(stored.group())
        .text(event.traceId())
        .text(event.requestId())
        .text(event.message())
        .text(stored.stackTrace())
        .texts(event.attributes())
        .text(position.source())
        .number(position.offset(), Long.BYTES)
        .number(position.line(), Long.BYTES)
        .number(position.lines(), Integer.BYTES);
  }

  static StoredEvent read(RowReader row) {
    LogEvent.Builder event = LogEvent.builder().timestamp(row.int64());
    String id = row.text();
    event
        .severity(SEVERITIES.floorEntry(row.uint8()).getValue())
        .service(row.text())
        .environment(row.text())
        .version(row.text())
        .commit(row.text())
        .logger(row.text())
        .thread(row.text());
    String group = row.text();
    event.traceId(row.text()).requestId(row.text()).message(row.text());
    String stackTrace = row.text();
    row.texts().forEach(event::attribute);
    event.position(new SourcePosition(row.text(), row.int64(), row.int64(), row.int32()));
    return new StoredEvent(id, group, event.build(), stackTrace);
  }
}
