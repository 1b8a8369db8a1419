/** Identity of stack traces: names are normalised, frames chosen, what is left is hashed. */
@NullMarked
package io.logsense.internal.fingerprint;

import org.jspecify.annotations.NullMarked;
