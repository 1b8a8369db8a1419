package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;

/** A format whose lines have a header of fixed layout. */
final class LayoutParser implements LogParser {
  private final String name;
  private final Layout layout;
  private final Layout evidence;
  private final Timestamps timestamps;
  private final double weight;
  private final RepeatedTexts texts = new RepeatedTexts();

  /** A parser whose confidence is the share of its lines times {@code weight}. */
  LayoutParser(String name, Layout layout, Timestamps timestamps, double weight) {
    this(name, layout, layout, timestamps, weight);
  }

  /** A parser whose confidence asks more of a line than that it has the layout. */
  LayoutParser(String name, Layout layout, Layout evidence, Timestamps timestamps, double weight) {
    this.name = name;
    this.layout = layout;
    this.evidence = evidence;
    this.timestamps = timestamps;
    this.weight = weight;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double confidence(RecordBatch sample) {
    return weight * Sample.of(sample).share(evidence::starts);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return layout.starts(buffer, offset, offset + length);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    return layout.parse(buffer, offset, offset + length, new Draft(out, timestamps, texts));
  }
}
