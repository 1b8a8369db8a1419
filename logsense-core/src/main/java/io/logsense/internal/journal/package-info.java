/** Files of facts that are only appended to, and survive crashes and several writers. */
@NullMarked
package io.logsense.internal.journal;

import org.jspecify.annotations.NullMarked;
