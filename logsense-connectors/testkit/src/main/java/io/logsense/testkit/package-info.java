/** Contract tests of the SPIs: extend one and say how to make what it tests. */
@NullMarked
package io.logsense.testkit;

import org.jspecify.annotations.NullMarked;
