/** The life of groups: what was decided about them, and whether events say otherwise. */
@NullMarked
package io.logsense.internal.triage;

import org.jspecify.annotations.NullMarked;
