/** A log event and the words inside it: severity, stack trace, position in its source. */
@NullMarked
package io.logsense.api.event;

import org.jspecify.annotations.NullMarked;
