/** Products that others bought. */
@NullMarked
package com.shop.recommend;

import org.jspecify.annotations.NullMarked;
