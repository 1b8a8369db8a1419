/** Redis as a memory that processes share. */
@NullMarked
package io.logsense.redis;

import org.jspecify.annotations.NullMarked;
