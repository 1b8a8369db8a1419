/** What simple rules over whole sessions find. */
@NullMarked
package io.logsense.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
