/** Vectors with metadata, found again by how alike they are. */
@NullMarked
package io.logsense.api.vector;

import org.jspecify.annotations.NullMarked;
