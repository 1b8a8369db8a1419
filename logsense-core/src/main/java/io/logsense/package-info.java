/** What an application calls: the engine and a factory for each kind of stage. */
@NullMarked
package io.logsense;

import org.jspecify.annotations.NullMarked;
