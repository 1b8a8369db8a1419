/** Identity of a message: the text with its variables taken out. */
@NullMarked
package io.logsense.api.template;

import org.jspecify.annotations.NullMarked;
