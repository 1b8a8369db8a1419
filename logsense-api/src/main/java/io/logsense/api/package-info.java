/** What every other package shares. */
@NullMarked
package io.logsense.api;

import org.jspecify.annotations.NullMarked;
