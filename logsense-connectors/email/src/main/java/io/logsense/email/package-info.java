/** Alerts by e-mail. */
@NullMarked
package io.logsense.email;

import org.jspecify.annotations.NullMarked;
