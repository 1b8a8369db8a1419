/** Taking a subject out of what the engine knows. */
@NullMarked
package io.logsense.internal.purge;

import org.jspecify.annotations.NullMarked;
