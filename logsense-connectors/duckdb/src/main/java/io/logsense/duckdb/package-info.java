/** Events and documents in one file of DuckDB, inside the process. */
@NullMarked
package io.logsense.duckdb;

import org.jspecify.annotations.NullMarked;
