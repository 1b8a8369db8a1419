/** Answers compared with labelled data. */
@NullMarked
package io.logsense.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
