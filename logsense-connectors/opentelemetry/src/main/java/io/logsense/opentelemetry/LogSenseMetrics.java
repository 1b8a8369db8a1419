package io.logsense.opentelemetry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Asynchronous instruments for every number of an engine, a cache or an appender: an observable
 * counter for what only grows, an observable gauge for the rest. They are read when the SDK
 * collects, and never else.
 *
 * <pre>{@code
 * new LogSenseMetrics(openTelemetry.getMeter("io.logsense"), List.of(sense));
 * }</pre>
 *
 * <p>The meter keeps what is measured in memory until the instruments are {@linkplain #close()
 * closed}. Thread-safe.
 */
public final class LogSenseMetrics implements AutoCloseable {
  private final Queue<Instrument> instruments = new ConcurrentLinkedQueue<>();

  /** Registers the numbers of all these. */
  public LogSenseMetrics(Meter meter, Collection<? extends Measured> measured) {
    measured.stream()
        .flatMap(source -> source.measures().stream())
        .collect(groupingBy(Measure::name, LinkedHashMap::new, toList()))
        .values()
        .forEach(measures -> instruments.add(instrument(meter, measures)));
  }

  /** One instrument for all measures of a name, which differ in their tags. */
  private static Instrument instrument(Meter meter, List<Measure> measures) {
    List<Series> series =
        measures.stream().map(measure -> new Series(measure, attributes(measure))).toList();
    Consumer<ObservableDoubleMeasurement> read =
        out -> series.forEach(one -> out.record(one.measure.value().getAsDouble(), one.attributes));
    Measure first = measures.get(0);
    return switch (first.kind()) {
      case COUNTER ->
          meter
                  .counterBuilder(first.name())
                  .ofDoubles()
                  .setUnit(first.unit())
                  .setDescription(first.description())
                  .buildWithCallback(read)
              ::close;
      case GAUGE ->
          meter
                  .gaugeBuilder(first.name())
                  .setUnit(first.unit())
                  .setDescription(first.description())
                  .buildWithCallback(read)
              ::close;
    };
  }

  private static Attributes attributes(Measure measure) {
    AttributesBuilder attributes = Attributes.builder();
    measure.tags().forEach(attributes::put);
    return attributes.build();
  }

  /** Ends the instruments. */
  @Override
  public void close() {
    for (Instrument next = instruments.poll(); next != null; next = instruments.poll()) {
      next.close();
    }
  }

  /** What the observable instruments of the API have in common. */
  private interface Instrument {
    void close();
  }

  private record Series(Measure measure, Attributes attributes) {}
}
