/** Speed beside peers and floors, accuracy beside known answers. */
@NullMarked
package io.logsense.benchmarks;

import org.jspecify.annotations.NullMarked;
