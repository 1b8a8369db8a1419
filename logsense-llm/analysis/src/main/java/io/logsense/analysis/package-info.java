/**
 * Root causes and summaries, with a language model or without.
 *
 * <p>{@link io.logsense.analysis.ModelAnalyzer} asks a model and checks what it answers; {@link
 * io.logsense.analysis.RankingAnalyzer} does without.
 */
@NullMarked
package io.logsense.analysis;

import org.jspecify.annotations.NullMarked;
