/**
 * Kotlin, Python, JavaScript, TypeScript and Go for the code index, read by tree-sitter.
 *
 * <p>On the class path its parsers are found by themselves. A language is read when its grammar is
 * there too. Grammars are native code for Linux (glibc), macOS and Windows.
 */
@NullMarked
package io.logsense.treesitter;

import org.jspecify.annotations.NullMarked;
