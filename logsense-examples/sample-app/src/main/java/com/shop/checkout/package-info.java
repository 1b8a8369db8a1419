/** Prices, loyalty and the way from a cart to an order. */
@NullMarked
package com.shop.checkout;

import org.jspecify.annotations.NullMarked;
