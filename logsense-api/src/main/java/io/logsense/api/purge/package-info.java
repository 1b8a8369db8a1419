/** Forgetting a person: who, and what can do so. */
@NullMarked
package io.logsense.api.purge;

import org.jspecify.annotations.NullMarked;
