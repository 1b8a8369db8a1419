/** A source of log entries in Google Cloud Logging. */
@NullMarked
package io.logsense.gcp;

import org.jspecify.annotations.NullMarked;
