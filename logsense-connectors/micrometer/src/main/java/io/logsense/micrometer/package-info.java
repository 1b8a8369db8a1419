/** The numbers of LogSense as meters of Micrometer. */
@NullMarked
package io.logsense.micrometer;

import org.jspecify.annotations.NullMarked;
