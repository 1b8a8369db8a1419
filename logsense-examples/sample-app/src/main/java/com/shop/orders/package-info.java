/** Orders and the database. */
@NullMarked
package com.shop.orders;

import org.jspecify.annotations.NullMarked;
