/**
 * What is worth knowing about a group: that it is new, grows, came back or fell silent, and why.
 */
@NullMarked
package io.logsense.api.finding;

import org.jspecify.annotations.NullMarked;
