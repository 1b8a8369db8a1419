/** Embedders compared by finding messages of the same cause. */
@NullMarked
package io.logsense.benchmarks.embed;

import org.jspecify.annotations.NullMarked;
