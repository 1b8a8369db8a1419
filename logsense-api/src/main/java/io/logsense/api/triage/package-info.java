/** What people decided about a group as a piece of work: to look into it, that it is solved. */
@NullMarked
package io.logsense.api.triage;

import org.jspecify.annotations.NullMarked;
