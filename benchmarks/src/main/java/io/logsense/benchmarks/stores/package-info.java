/** How fast stores take events, and how soon they answer. */
@NullMarked
package io.logsense.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
