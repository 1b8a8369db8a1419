/** Vectors in Chroma. */
@NullMarked
package io.logsense.chroma;

import org.jspecify.annotations.NullMarked;
