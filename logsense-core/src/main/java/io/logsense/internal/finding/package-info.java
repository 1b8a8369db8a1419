/** From counts by time and version to what is worth knowing about them. */
@NullMarked
package io.logsense.internal.finding;

import org.jspecify.annotations.NullMarked;
