package io.logsense.micrometer;

import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Registers every number of an engine, a cache or an appender: a {@link FunctionCounter} for what
 * only grows, a {@link Gauge} for the rest.
 *
 * <pre>{@code
 * new LogSenseMetrics(List.of(sense)).bindTo(registry);
 * }</pre>
 *
 * <p>Units of things that are counted, such as <code>{event}</code>, are no part of a meter's name;
 * bytes and seconds are. So Prometheus sees the names that it sees through OpenTelemetry: {@code
 * logsense_events_total}, {@code logsense_lag_bytes}.
 *
 * <p>A registry keeps what is measured in memory until the meters are {@linkplain #close()
 * removed}. Thread-safe.
 */
public final class LogSenseMetrics implements MeterBinder, AutoCloseable {
  private final List<Measured> measured;
  private final Tags tags;
  private final Queue<Binding> bindings = new ConcurrentLinkedQueue<>();

  /** The numbers of all these. */
  public LogSenseMetrics(Collection<? extends Measured> measured) {
    this(measured, List.of());
  }

  /** The numbers of all these, with {@code tags} that tell them from others of the same names. */
  public LogSenseMetrics(Collection<? extends Measured> measured, Iterable<Tag> tags) {
    this.measured = List.copyOf(measured);
    this.tags = Tags.of(tags);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Measured source : measured) {
      for (Measure measure : source.measures()) {
        bindings.add(new Binding(registry, register(measure, registry)));
      }
    }
  }

  // The registry holds on to the object of a meter weakly, but to its function strongly; so the
  // functions read the measure they have captured and not the one they are given.
  private Meter register(Measure measure, MeterRegistry registry) {
    Tags all = tags;
    for (var tag : measure.tags().entrySet()) {
      all = all.and(tag.getKey(), tag.getValue());
    }
    return switch (measure.kind()) {
      case COUNTER ->
          FunctionCounter.builder(measure.name(), measure, any -> measure.value().getAsDouble())
              .description(measure.description())
              .baseUnit(baseUnit(measure.unit()))
              .tags(all)
              .register(registry);
      case GAUGE ->
          Gauge.builder(measure.name(), measure, any -> measure.value().getAsDouble())
              .description(measure.description())
              .baseUnit(baseUnit(measure.unit()))
              .tags(all)
              .register(registry);
    };
  }

  /** What Micrometer calls a unit of UCUM; null for what is counted in pieces. */
  private static @Nullable String baseUnit(String ucum) {
    return switch (ucum) {
      case "By" -> "bytes";
      case "s" -> "seconds";
      case "ms" -> "milliseconds";
      case "", "1" -> null;
      default -> ucum.startsWith("{") ? null : ucum;
    };
  }

  /** Removes the meters from the registries they were bound to. */
  @Override
  public void close() {
    for (Binding binding = bindings.poll(); binding != null; binding = bindings.poll()) {
      binding.registry.remove(binding.meter);
    }
  }

  private record Binding(MeterRegistry registry, Meter meter) {}
}
