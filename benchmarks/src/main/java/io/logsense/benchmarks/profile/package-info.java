/** Where the engine spends its time, recorded by the JDK's own Flight Recorder. */
@org.jspecify.annotations.NullMarked
package io.logsense.benchmarks.profile;
