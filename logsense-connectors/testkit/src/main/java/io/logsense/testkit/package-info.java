/**
 * Contract tests of the SPIs: extend one and say how to make what it tests. And {@linkplain
 * io.logsense.testkit.LogSenseAssertions assertions} about logs.
 */
@NullMarked
package io.logsense.testkit;

import org.jspecify.annotations.NullMarked;
