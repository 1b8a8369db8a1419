/** The logs of containers, through docker-java. */
@NullMarked
package io.logsense.docker;

import org.jspecify.annotations.NullMarked;
