/** Predefined questions to an analysis, and their answers. */
@NullMarked
package io.logsense.api.recipe;

import org.jspecify.annotations.NullMarked;
