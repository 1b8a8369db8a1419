/** An extension of JUnit that counts what tests log and prints the problems. */
@NullMarked
package io.logsense.junit;

import org.jspecify.annotations.NullMarked;
