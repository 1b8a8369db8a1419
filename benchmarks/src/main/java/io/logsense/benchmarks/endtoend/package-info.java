/** The whole way from a file to groups, beside programs that read the same file. */
@org.jspecify.annotations.NullMarked
package io.logsense.benchmarks.endtoend;
