/** Topics of Apache Kafka as a source of records. */
@NullMarked
package io.logsense.kafka;

import org.jspecify.annotations.NullMarked;
