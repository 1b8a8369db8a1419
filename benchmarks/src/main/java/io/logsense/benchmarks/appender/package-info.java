/** What appenders cost the thread that logs, beside those that others wrap around a log. */
@org.jspecify.annotations.NullMarked
package io.logsense.benchmarks.appender;
