/** Detectors: what is unusual about the next point of a series. */
@NullMarked
package io.logsense.internal.anomaly;

import org.jspecify.annotations.NullMarked;
