/** From physical lines to records, and from records to stack traces. */
@NullMarked
package io.logsense.internal.stack;

import org.jspecify.annotations.NullMarked;
