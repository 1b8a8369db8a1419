/** Stack traces out of text. */
@NullMarked
package io.logsense.api.stack;

import org.jspecify.annotations.NullMarked;
