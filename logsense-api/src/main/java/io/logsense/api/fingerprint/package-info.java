/** Identity of a stack trace. */
@NullMarked
package io.logsense.api.fingerprint;

import org.jspecify.annotations.NullMarked;
