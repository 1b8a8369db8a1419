/** Template mining: which messages are the same text with other values in it. */
@NullMarked
package io.logsense.internal.template;

import org.jspecify.annotations.NullMarked;
