/** From texts to vectors whose nearness is likeness of meaning. */
@NullMarked
package io.logsense.api.embed;

import org.jspecify.annotations.NullMarked;
