/** Sentence embeddings inside the JVM, by ONNX Runtime. */
@NullMarked
package io.logsense.onnx;

import org.jspecify.annotations.NullMarked;
