/** Every stage on texts made to be slow, at growing sizes. */
@org.jspecify.annotations.NullMarked
package io.logsense.benchmarks.linearity;
