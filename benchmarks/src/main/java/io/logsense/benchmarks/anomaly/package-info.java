/** How well and how fast detectors judge: NAB, simulated counts, speed. */
@NullMarked
package io.logsense.benchmarks.anomaly;

import org.jspecify.annotations.NullMarked;
