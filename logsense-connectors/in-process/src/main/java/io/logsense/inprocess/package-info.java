/**
 * What the appenders of all logging libraries share: identity and counts where an event is logged.
 */
@NullMarked
package io.logsense.inprocess;

import org.jspecify.annotations.NullMarked;
