/**
 * A small shop whose failures are real: the program that wrote the sample log.
 *
 * <p>Every exception is thrown where its stack trace says. Only time is simulated.
 */
@NullMarked
package com.shop;

import org.jspecify.annotations.NullMarked;
