/** Files, directories, streams and followed files as batches of lines, and where they resume. */
@NullMarked
package io.logsense.internal.source;

import org.jspecify.annotations.NullMarked;
