/** Files of real vectors for the benchmarks of indexes. */
@NullMarked
package io.logsense.benchmarks.vectors;

import org.jspecify.annotations.NullMarked;
