/** Where groups are kept between runs. */
@NullMarked
package io.logsense.api.store;

import org.jspecify.annotations.NullMarked;
