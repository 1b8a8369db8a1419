/** What LogSense tells about itself, for the host's own metrics. */
@NullMarked
package io.logsense.api.telemetry;

import org.jspecify.annotations.NullMarked;
