/** Receives syslog over UDP and TCP. */
@NullMarked
package io.logsense.syslog;

import org.jspecify.annotations.NullMarked;
