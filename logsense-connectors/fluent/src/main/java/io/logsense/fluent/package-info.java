/** Receives logs over the Forward protocol of Fluentd and Fluent Bit. */
@NullMarked
package io.logsense.fluent;

import org.jspecify.annotations.NullMarked;
