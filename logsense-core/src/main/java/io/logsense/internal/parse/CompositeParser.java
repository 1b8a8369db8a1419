package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;

/** Two formats in one stream: each line is of the first that wants it. */
final class CompositeParser implements LogParser {
  private final LogParser first;
  private final LogParser second;

  CompositeParser(LogParser first, LogParser second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public String name() {
    return first.name() + "+" + second.name();
  }

  @Override
  public int headLines() {
    return first.headLines();
  }

  @Override
  public double confidence(RecordBatch sample) {
    return 0.9 * Sample.of(sample).share(this);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return first.startsRecord(buffer, offset, length)
        || second.startsRecord(buffer, offset, length);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    LogParser parser = first.startsRecord(buffer, offset, length) ? first : second;
    return parser.parse(buffer, offset, length, out);
  }
}
