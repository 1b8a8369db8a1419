package com.shop.checkout;

/** An order that could not be placed. */
public final class CheckoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure of one order with what led to it. */
  public CheckoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
