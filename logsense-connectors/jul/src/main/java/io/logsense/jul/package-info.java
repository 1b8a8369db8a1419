/** A handler of java.util.logging that identifies, counts and reduces what goes through it. */
@NullMarked
package io.logsense.jul;

import org.jspecify.annotations.NullMarked;
