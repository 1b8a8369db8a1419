/** Events, documents and vectors in PostgreSQL. */
@NullMarked
package io.logsense.postgres;

import org.jspecify.annotations.NullMarked;
