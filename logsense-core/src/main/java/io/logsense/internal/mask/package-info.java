/** Removal of personal data and secrets from text: one linear scan, no regular expressions. */
@NullMarked
package io.logsense.internal.mask;

import org.jspecify.annotations.NullMarked;
