/** From the bytes of a record to a log event. */
@NullMarked
package io.logsense.api.parse;

import org.jspecify.annotations.NullMarked;
