/** An appender of Logback that identifies, counts and reduces what goes through it. */
@NullMarked
package io.logsense.logback;

import org.jspecify.annotations.NullMarked;
