/** The numbers and findings of LogSense as metrics and events of OpenTelemetry. */
@NullMarked
package io.logsense.opentelemetry;

import org.jspecify.annotations.NullMarked;
