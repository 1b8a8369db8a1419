package io.logsense.api.telemetry;

import java.util.List;

/**
 * Something that tells about itself in numbers. Implemented by the engine and by plugins; called by
 * whoever carries the numbers to the host's metrics, such as the Micrometer and OpenTelemetry
 * modules.
 */
public interface Measured {
  /** All its numbers; always the same ones. */
  List<Measure> measures();
}
