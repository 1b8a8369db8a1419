/** Where events, groups and what is known of them are kept between runs. */
@NullMarked
package io.logsense.api.store;

import org.jspecify.annotations.NullMarked;
