/** All events of one identity, counted. */
@NullMarked
package io.logsense.api.group;

import org.jspecify.annotations.NullMarked;
