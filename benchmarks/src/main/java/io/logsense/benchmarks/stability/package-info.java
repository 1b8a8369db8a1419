/** Whether a fault keeps its identity over rebuilds, runtimes and printed forms. */
@NullMarked
package io.logsense.benchmarks.stability;

import org.jspecify.annotations.NullMarked;
