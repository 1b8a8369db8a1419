package io.logsense.jul;

import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.Reduction;
import io.logsense.inprocess.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code io.logsense.jul.LogSenseHandler.*} of logging.properties.
 *
 * <p>As everywhere in java.util.logging, a value that cannot be used leaves the default in place;
 * {@code problems} is told.
 */
record HandlerProperties(
    UnaryOperator<@Nullable String> lookup, Consumer<RuntimeException> problems) {
  private static final String PREFIX = LogSenseHandler.class.getName() + ".";

  AppenderSettings settings() {
    AppenderSettings settings = new AppenderSettings();
    read("inApp", settings::inApp);
    read("enrichFrom", level -> settings.enrichFrom(JulRecords.severity(Level.parse(level))));
    read("queueSize", size -> settings.queueSize(Integer.parseInt(size)));
    read("whenFull", policy -> settings.whenFull(WhenFull.valueOf(policy)));
    read("blockTimeout", time -> settings.blockTimeout(AppenderSettings.duration(time)));
    read("stopDeadline", time -> settings.stopDeadline(AppenderSettings.duration(time)));
    read("flushAtExit", value -> settings.flushAtExit(Boolean.parseBoolean(value)));
    read("reduce", value -> settings.reduction(Boolean.parseBoolean(value) ? reduction() : null));
    return settings;
  }

  private Reduction reduction() {
    return new Reduction(
        or("reduceFirst", Integer::parseInt, 10),
        or("reduceFurther", Integer::parseInt, 1),
        AppenderSettings.duration(or("reducePeriod", time -> time, "1 minute")));
  }

  Enrichment enrichment() {
    return or(
        "enrich", name -> Enrichment.valueOf(name.toUpperCase(Locale.ROOT)), Enrichment.RECORD);
  }

  Level level() {
    return or("level", Level::parse, Level.ALL);
  }

  @Nullable Filter filter() {
    List<Filter> filters = new ArrayList<>(1);
    read("filter", name -> filters.add(made(name, Filter.class)));
    return filters.isEmpty() ? null : filters.get(0);
  }

  /** New handlers of the classes that {@code handlers} names, divided by commas or spaces. */
  List<Handler> handlers() {
    List<Handler> handlers = new ArrayList<>(1);
    read(
        "handlers",
        names -> {
          for (String name : names.split("[\\s,]+")) {
            handlers.add(made(name, Handler.class));
          }
        });
    return handlers;
  }

  private static <T> T made(String className, Class<T> type) {
    try {
      return type.cast(
          ClassLoader.getSystemClassLoader()
              .loadClass(className)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          className + " is no " + type.getName() + " that can be made without arguments", e);
    }
  }

  private <T> T or(String name, Function<String, T> parse, T otherwise) {
    List<T> values = new ArrayList<>(1);
    read(name, value -> values.add(parse.apply(value)));
    return values.isEmpty() ? otherwise : values.get(0);
  }

  private void read(String name, Consumer<String> out) {
    String value = lookup.apply(PREFIX + name);
    if (value != null && !value.isBlank()) {
      try {
        out.accept(value.strip());
      } catch (RuntimeException e) {
        problems.accept(
            new IllegalArgumentException(PREFIX + name + " = " + value + " is not used", e));
      }
    }
  }
}
