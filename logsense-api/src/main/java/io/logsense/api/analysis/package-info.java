/** Why a problem happens: what is asked, and reports whose claims have been checked. */
@NullMarked
package io.logsense.api.analysis;

import org.jspecify.annotations.NullMarked;
