/** From points of a series to what is unusual about them. */
@NullMarked
package io.logsense.api.anomaly;

import org.jspecify.annotations.NullMarked;
