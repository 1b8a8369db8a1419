/** What requests and timers call. */
@NullMarked
package com.shop.web;

import org.jspecify.annotations.NullMarked;
