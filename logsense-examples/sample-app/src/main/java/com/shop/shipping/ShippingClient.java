package com.shop.shipping;

/** The carrier's service behind a circuit breaker that fails fast while the carrier is down. */
public final class ShippingClient {
  private volatile boolean down;

  /** Says whether the carrier is down now. */
  public void down(boolean now) {
    down = now;
  }

  /** Days until an order arrives. */
  public int days(int order) {
    if (down) {
      throw new CircuitOpenException("CircuitBreaker 'carrier' is OPEN and does not permit calls");
    }
    return 1 + order % 4;
  }

  /** A refusal without a stack trace, cheap enough to be thrown for every order. */
  public static final class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CircuitOpenException(String message) {
      super(message, null, false, false);
    }
  }
}
