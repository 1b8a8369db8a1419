package com.shop.checkout;

import com.shop.orders.OrderRepository;
import com.shop.payment.PaymentGateway;
import com.shop.shipping.ShippingClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a cart into an order. */
public final class CheckoutService {
  private static final Logger log = LoggerFactory.getLogger(CheckoutService.class);

  private final PriceCalculator prices;
  private final PaymentGateway payments;
  private final ShippingClient shipping;
  private final LoyaltyPoints loyalty;
  private final OrderRepository orders;

  /** A service over its parts. */
  public CheckoutService(
      PriceCalculator prices,
      PaymentGateway payments,
      ShippingClient shipping,
      LoyaltyPoints loyalty,
      OrderRepository orders) {
    this.prices = prices;
    this.payments = payments;
    this.shipping = shipping;
    this.loyalty = loyalty;
    this.orders = orders;
  }

  /** Places an order. */
  public void place(int order, Cart cart) {
    try {
      int total = prices.total(cart);
      payments.charge(cart.customer(), total);
      int points = loyalty.credit(cart);
      orders.save(order, cart.customer(), total);
      log.info(
          "Order {} placed by customer {}: {} items, {} EUR, {} points",
          order,
          cart.customer(),
          cart.prices().size(),
          total / 100 + "." + (total / 10 % 10) + total % 10,
          points);
    } catch (RuntimeException e) {
      throw new CheckoutException("Order " + order + " could not be placed", e);
    }
    quoteShipping(order);
  }

  private void quoteShipping(int order) {
    try {
      log.info("Order {} ships in {} days", order, shipping.days(order));
    } catch (ShippingClient.CircuitOpenException e) {
      log.error("No shipping quote for order " + order, e);
    }
  }
}
