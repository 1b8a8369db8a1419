package io.logsense.inprocess;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes nothing, where events are only counted. */
record CountOnly<E>(Consumer<String> warnings) implements EventWriter<E> {
  @Override
  public void write(E event) {}

  @Override
  public E enrich(E event, Map<String, Object> facts) {
    return event;
  }

  @Override
  public E detach(E event) {
    return event;
  }

  @Override
  public E event(Summary summary) {
    throw new AssertionError("summaries are of events that are left out of what is written");
  }

  @Override
  public void warn(String problem, @Nullable Throwable cause) {
    warnings.accept(cause == null ? problem : problem + ": " + cause);
  }
}
