/** From a topic to a store, with the process killed on the way. */
@NullMarked
package io.logsense.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;
