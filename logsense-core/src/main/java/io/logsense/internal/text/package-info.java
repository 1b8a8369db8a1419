/** What several stages do with text. Not part of the API. */
@NullMarked
package io.logsense.internal.text;

import org.jspecify.annotations.NullMarked;
