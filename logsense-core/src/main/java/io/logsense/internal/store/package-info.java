/** Groups in files. */
@NullMarked
package io.logsense.internal.store;

import org.jspecify.annotations.NullMarked;
