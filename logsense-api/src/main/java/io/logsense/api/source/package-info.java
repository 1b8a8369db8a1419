/** Where records come from: sources, partitions, batches of bytes and checkpoints. */
@NullMarked
package io.logsense.api.source;

import org.jspecify.annotations.NullMarked;
