/** A Maven plugin that puts the index of a project's source code into its jar. */
@NullMarked
package io.logsense.maven;

import org.jspecify.annotations.NullMarked;
