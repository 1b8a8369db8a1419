package io.logsense.resilience;

import io.logsense.api.alert.Notifier;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.source.LogSource;
import io.logsense.api.store.LogStore;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wraps connectors, so that calls of them that failed are made again after growing pauses, that a
 * system which goes on failing is left alone for a while, and that it is called no more often than
 * agreed. Users call it.
 *
 * <pre>{@code
 * Resilience resilience = Resilience.of(ResilienceSettings.defaults());
 * LogSense.builder()
 *     .source(resilience.source(Sources.of(URI.create("kafka://broker:9092/orders"))))
 *     .store(resilience.store(Stores.of(URI.create("duckdb:events.duckdb"))))
 * }</pre>
 *
 * <p>Only what may succeed later is tried again: what threw an {@link java.io.IOException} or a
 * {@link io.logsense.api.LogSenseException} of the category transient. The last failure is thrown
 * on as it came. Time-outs and interrupts of the wrapped calls hold for the pauses as well. Every
 * wrapped connector has a circuit of its own; what wraps one is as safe for threads as that is.
 *
 * <p>It stands on Resilience4j: its circuit breaker decides by the share of failures in the last
 * calls, and lets a few through after a while; its rate limiter spaces calls out.
 */
public final class Resilience implements Measured {
  private final ResilienceSettings settings;
  private final Waiting waiting;
  private final List<Guard> guards = new CopyOnWriteArrayList<>();

  Resilience(ResilienceSettings settings, Waiting waiting) {
    this.settings = settings;
    this.waiting = waiting;
  }

  /** Wraps with {@code settings}. */
  public static Resilience of(ResilienceSettings settings) {
    return new Resilience(settings, Waiting.real());
  }

  /**
   * A source whose opening, listing and reading are guarded. A poll that fails is made again within
   * its time-out or by the next one, which answers an empty batch until it is time. Opening and
   * listing pause for a second at most, and acknowledging is done once: an engine does it again.
   */
  public LogSource source(LogSource source) {
    return new GuardedSource(source, guard("source " + source.id()));
  }

  /** A store whose calls are guarded, closing it excepted. */
  public LogStore store(LogStore store) {
    return new GuardedStore(store, guard("store " + store.getClass().getSimpleName()));
  }

  /** A notifier that delivers again, under the same id. */
  public Notifier notifier(Notifier notifier) {
    return new GuardedNotifier(notifier, guard("notifier " + notifier.name()));
  }

  /**
   * A model with a circuit and a pace, that is asked once for each prompt, whatever the settings
   * say of attempts: each may cost something, and who counts what prompts cost sees only one.
   */
  public LanguageModel model(LanguageModel model) {
    return new ResilientModel(model, guard("model " + model.modelId(), 1));
  }

  private Guard guard(String target) {
    return guard(target, settings.attempts());
  }

  private Guard guard(String target, int attempts) {
    Guard guard = new Guard(target, settings, attempts, waiting);
    guards.add(guard);
    return guard;
  }

  /** How each circuit is, how often it opened, and how many calls were made again or failed. */
  @Override
  public List<Measure> measures() {
    return guards.stream().flatMap(guard -> guard.measures().stream()).toList();
  }
}
