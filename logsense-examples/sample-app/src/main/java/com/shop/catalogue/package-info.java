/** The supplier's catalogue. */
@NullMarked
package com.shop.catalogue;

import org.jspecify.annotations.NullMarked;
