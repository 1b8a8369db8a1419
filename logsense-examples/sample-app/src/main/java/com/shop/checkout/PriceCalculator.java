package com.shop.checkout;

import java.util.Map;

/** Adds up a cart. Forgets that guests have no tier. */
public final class PriceCalculator {
  private final Map<String, Integer> discounts = Map.of("gold", 10, "silver", 5);

  /** What the cart costs, in cents. */
  public int total(Cart cart) {
    return cart.prices().stream().mapToInt(price -> discounted(price, cart)).sum();
  }

  private int discounted(int price, Cart cart) {
    return price - price * discountFor(cart) / 100;
  }

  @SuppressWarnings("NullAway") // the defect that the sample is about
  private int discountFor(Cart cart) {
    return discounts.getOrDefault(cart.tier(), 0);
  }
}
