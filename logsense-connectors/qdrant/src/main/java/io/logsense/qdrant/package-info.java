/** Vectors in Qdrant. */
@NullMarked
package io.logsense.qdrant;

import org.jspecify.annotations.NullMarked;
