/** Texts to vectors without a model file, and the cache in front of any embedder. */
@NullMarked
package io.logsense.internal.embed;

import org.jspecify.annotations.NullMarked;
