/** Language models: what is asked of them, and what they answer. */
@NullMarked
package io.logsense.api.llm;

import org.jspecify.annotations.NullMarked;
