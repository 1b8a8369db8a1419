/** A vector store on top of hnswlib-core. */
@NullMarked
package io.logsense.hnswlib;

import org.jspecify.annotations.NullMarked;
