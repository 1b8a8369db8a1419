package com.shop.web;

import com.shop.checkout.Cart;
import com.shop.checkout.CheckoutException;
import com.shop.checkout.CheckoutService;
import com.shop.recommend.Recommendations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the browser asks for. */
public final class ShopController {
  private static final Logger log = LoggerFactory.getLogger(ShopController.class);
  private static final List<String> NAMES =
      List.of("anna.schmidt", "j.doe", "li.wei", "maria.garcia", "o.nguyen", "p.kowalski");

  private final CheckoutService checkout;
  private final Recommendations recommendations;
  private final Random random;
  private final Consumer<Duration> spend;
  private int nextOrder = 104_417;

  /** A controller; {@code spend} lets time pass. */
  public ShopController(
      CheckoutService checkout,
      Recommendations recommendations,
      Random random,
      Consumer<Duration> spend) {
    this.checkout = checkout;
    this.recommendations = recommendations;
    this.random = random;
    this.spend = spend;
  }

  /** Shows a product. */
  public void browse() {
    int millis = 8 + random.nextInt(90);
    spend.accept(Duration.ofMillis(millis));
    log.info("GET /api/products/{} 200 in {} ms", 1000 + random.nextInt(800), millis);
    if (random.nextInt(30) == 0) {
      log.warn("Stock of SKU-{} is low: {} left", 1000 + random.nextInt(800), random.nextInt(5));
    }
  }

  /** Puts something into a cart. */
  public void addToCart() {
    log.info(
        "Cart {} of customer {} now has {} items",
        Integer.toHexString(0x5f00000 + random.nextInt(0xfffff)),
        customer(),
        1 + random.nextInt(7));
  }

  /** Buys the cart. */
  public void checkout() {
    int order = nextOrder++;
    try {
      checkout.place(order, cart());
    } catch (CheckoutException e) {
      log.error("POST /api/orders failed for order {}", order, e);
    }
  }

  /** Shows recommendations. */
  public void recommend() {
    int product = 1000 + random.nextInt(800);
    try {
      log.info("Recommended {} for product {}", recommendations.near(product), product);
    } catch (CompletionException e) {
      log.error("GET /api/products/{}/recommendations failed", product, e);
    }
  }

  /** Sends a password mail. */
  public void resetPassword() {
    String mail = NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(90) + "@example.com";
    String address = "198.51.100." + (1 + random.nextInt(250));
    if (random.nextInt(6) == 0) {
      log.warn("Password mail to {} bounced: 550 5.1.1 mailbox unavailable", mail);
    } else {
      log.info("Password mail sent to {} on request from {}", mail, address);
    }
  }

  private Cart cart() {
    List<Integer> prices = new ArrayList<>();
    int items = 1 + random.nextInt(5);
    for (int i = 0; i < items; i++) {
      prices.add(499 + random.nextInt(4500));
    }
    return new Cart(customer(), tier(), prices);
  }

  private @org.jspecify.annotations.Nullable String tier() {
    int dice = random.nextInt(20);
    return dice < 3 ? null : dice < 8 ? "gold" : "silver";
  }

  private int customer() {
    return 40_000 + random.nextInt(9000);
  }
}
