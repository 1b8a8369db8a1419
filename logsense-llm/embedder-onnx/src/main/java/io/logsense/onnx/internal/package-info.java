/** What {@link java.util.ServiceLoader} finds. */
@NullMarked
package io.logsense.onnx.internal;

import org.jspecify.annotations.NullMarked;
