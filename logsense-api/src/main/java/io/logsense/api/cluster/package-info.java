/** Groups that mean the same, and what people decided about them. */
@NullMarked
package io.logsense.api.cluster;

import org.jspecify.annotations.NullMarked;
