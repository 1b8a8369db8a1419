/**
 * An index of source code, and the blocks in which an error may start.
 *
 * <p>{@link io.logsense.code.CodeIndexer} makes an index of a {@link io.logsense.code.SourceTree},
 * {@link io.logsense.code.CodeIndexFile} keeps it, {@link io.logsense.code.CandidateRanking} uses
 * it.
 */
@NullMarked
package io.logsense.code;

import org.jspecify.annotations.NullMarked;
