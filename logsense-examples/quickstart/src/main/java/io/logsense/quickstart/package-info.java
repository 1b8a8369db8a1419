/** The sample of the README, runnable. */
@NullMarked
package io.logsense.quickstart;

import org.jspecify.annotations.NullMarked;
