/** From the bytes of a record to a log event: formats, timestamps, header inference, envelopes. */
@NullMarked
package io.logsense.internal.parse;

import org.jspecify.annotations.NullMarked;
