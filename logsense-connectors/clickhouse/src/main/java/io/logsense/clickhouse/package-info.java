/** Events in ClickHouse. */
@NullMarked
package io.logsense.clickhouse;

import org.jspecify.annotations.NullMarked;
