package com.shop;

import com.shop.catalogue.CatalogueImport;
import com.shop.checkout.CheckoutService;
import com.shop.checkout.LoyaltyPoints;
import com.shop.checkout.PriceCalculator;
import com.shop.orders.Database;
import com.shop.orders.OrderRepository;
import com.shop.payment.PaymentGateway;
import com.shop.recommend.Recommendations;
import com.shop.shipping.ShippingClient;
import com.shop.web.Jobs;
import com.shop.web.ShopController;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the shop, wired by hand. */
final class Shop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShopApplication.class);

  private final Database database;
  private final ShippingClient shipping;
  private final LoyaltyPoints loyalty;
  private final Recommendations recommendations;
  private final ShopController web;
  private final Jobs jobs;

  Shop(SimulatedClock clock, Random random) {
    database = new Database(random);
    shipping = new ShippingClient();
    loyalty = new LoyaltyPoints();
    recommendations = new Recommendations();
    OrderRepository orders = OrderRepository.transactional(database);
    CheckoutService checkout =
        new CheckoutService(
            new PriceCalculator(), new PaymentGateway(random), shipping, loyalty, orders);
    web = new ShopController(checkout, recommendations, random, clock::spend);
    jobs = new Jobs(new CatalogueImport(), random);
  }

  void started() {
    log.info("Starting ShopApplication v2.3.1 using Java 17 with PID 4711");
    log.info("Tomcat started on port 8080 (http) with context path '/'");
    log.info("Started ShopApplication in 3.482 seconds (process running for 3.911)");
  }

  Database database() {
    return database;
  }

  ShippingClient shipping() {
    return shipping;
  }

  LoyaltyPoints loyalty() {
    return loyalty;
  }

  ShopController web() {
    return web;
  }

  Jobs jobs() {
    return jobs;
  }

  @Override
  public void close() {
    recommendations.close();
  }
}
