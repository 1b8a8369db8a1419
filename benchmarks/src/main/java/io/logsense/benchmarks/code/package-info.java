/** The code index and the candidates for a root cause: on real bugs, and how fast. */
@NullMarked
package io.logsense.benchmarks.code;

import org.jspecify.annotations.NullMarked;
