/** Which findings were told, and to whom. */
@NullMarked
package io.logsense.internal.alert;

import org.jspecify.annotations.NullMarked;
