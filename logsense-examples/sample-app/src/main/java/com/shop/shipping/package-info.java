/** The carrier. */
@NullMarked
package com.shop.shipping;

import org.jspecify.annotations.NullMarked;
