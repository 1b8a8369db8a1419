package com.shop.checkout;

import java.util.ArrayList;
import java.util.List;

/** The loyalty programme that is switched on late, and changes the list it walks over. */
public final class LoyaltyPoints {
  private volatile boolean enabled;

  /** Switches the programme on or off. */
  public void enabled(boolean on) {
    enabled = on;
  }

  /** Credits the points of a cart. */
  public int credit(Cart cart) {
    if (!enabled) {
      return 0;
    }
    List<Integer> open = new ArrayList<>(cart.prices());
    int points = 0;
    for (Integer price : open) {
      points += redeem(open, price);
    }
    return points;
  }

  private static int redeem(List<Integer> open, Integer price) {
    if (price > 3000) {
      open.remove(price);
    }
    return price / 100;
  }
}
