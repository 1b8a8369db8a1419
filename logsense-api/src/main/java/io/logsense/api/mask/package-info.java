/** Removal of personal data before anything is stored. */
@NullMarked
package io.logsense.api.mask;

import org.jspecify.annotations.NullMarked;
