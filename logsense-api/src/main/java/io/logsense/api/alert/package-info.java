/** What people are told, and how it gets to them. */
@NullMarked
package io.logsense.api.alert;

import org.jspecify.annotations.NullMarked;
