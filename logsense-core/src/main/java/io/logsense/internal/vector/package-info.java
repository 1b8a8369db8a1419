/** Vectors in memory, searched through a navigable graph. */
@NullMarked
package io.logsense.internal.vector;

import org.jspecify.annotations.NullMarked;
