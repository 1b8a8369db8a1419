/**
 * Connectors that are tried again, are left alone when they fail, and are called no more often than
 * agreed.
 */
@NullMarked
package io.logsense.resilience;

import org.jspecify.annotations.NullMarked;
