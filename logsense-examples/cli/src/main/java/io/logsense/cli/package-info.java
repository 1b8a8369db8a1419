/** The {@code logsense} command. */
@NullMarked
package io.logsense.cli;

import org.jspecify.annotations.NullMarked;
