/** Which groups are one problem: links by meaning, decisions of people, and the state of both. */
@NullMarked
package io.logsense.internal.cluster;

import org.jspecify.annotations.NullMarked;
