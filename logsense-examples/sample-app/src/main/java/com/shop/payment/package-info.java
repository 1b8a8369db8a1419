/** The payment provider. */
@NullMarked
package com.shop.payment;

import org.jspecify.annotations.NullMarked;
