/** Receives logs of OpenTelemetry, over HTTP and gRPC. */
@NullMarked
package io.logsense.otlp;

import org.jspecify.annotations.NullMarked;
