/** An appender of Log4j2 that identifies, counts and reduces what goes through it. */
@NullMarked
package io.logsense.log4j2;

import org.jspecify.annotations.NullMarked;
