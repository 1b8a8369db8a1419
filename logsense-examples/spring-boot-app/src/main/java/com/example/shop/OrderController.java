package com.example.shop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
  private static final Logger LOG = LoggerFactory.getLogger(OrderController.class);

  private final Prices prices;

  OrderController(Prices prices) {
    this.prices = prices;
  }

  /** Fails for items below 100, which have no price. */
  @GetMapping("/orders/{item}")
  String order(@PathVariable int item) {
    int cents = prices.of(item);
    LOG.info("sold item {} for {} cents", item, cents);
    return "sold for " + cents;
  }

  /** Logs an exception and goes on without. */
  @GetMapping("/recommendations/{customer}")
  String recommendations(@PathVariable String customer) {
    try {
      return prices.cheapest(customer);
    } catch (IllegalArgumentException e) {
      LOG.warn("no recommendation for customer {}", customer, e);
      return "nothing";
    }
  }

  /** Logs a message alone. */
  @GetMapping("/stock/{item}")
  String stock(@PathVariable int item) {
    LOG.error("stock of item {} is {}, which cannot be", item, -item);
    return "0";
  }
}
