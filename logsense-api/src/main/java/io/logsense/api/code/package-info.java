/**
 * Source code as far as a root cause needs it: blocks with their lines, where they are found, and
 * which of them an error may start in.
 */
@NullMarked
package io.logsense.api.code;

import org.jspecify.annotations.NullMarked;
