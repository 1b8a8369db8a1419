package com.shop.web;

import com.shop.catalogue.CatalogueImport;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What timers call. */
public final class Jobs {
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final CatalogueImport catalogue;
  private final Random random;

  /** Jobs whose luck comes from {@code random}. */
  public Jobs(CatalogueImport catalogue, Random random) {
    this.catalogue = catalogue;
    this.random = random;
  }

  /** Fetches prices. */
  public void refreshPrices() {
    log.info("Refreshed {} prices in {} ms", 200 + random.nextInt(90), 80 + random.nextInt(200));
  }

  /** Imports the supplier's price list. */
  public void importCatalogue() {
    String broken = random.nextInt(2) == 0 ? "SKU-7;12,99" : "SKU-8;n/a";
    try {
      catalogue.run("SKU-1;1999\nSKU-2;" + random.nextInt(9000) + "\n" + broken + "\n");
    } catch (IOException e) {
      log.error("Catalogue import failed", e);
    }
  }

  /** Calls the merchants' webhooks. */
  public void deliverWebhooks() {
    int merchant = 100 + random.nextInt(20);
    log.error(
        "Webhook https://merchant-{}.example/hooks/orders answered 503 after {} attempts,"
            + " delivery {} dropped",
        merchant,
        3 + random.nextInt(3),
        Long.toHexString(0x5eed0000L + random.nextInt(0xffff)));
  }

  /** Hands events to listeners, by reflection as frameworks do. */
  public void publishEvents() {
    List<String> events = List.of("order-" + random.nextInt(1000));
    try {
      AuditListener.class.getMethod("onEvents", List.class).invoke(new AuditListener(), events);
    } catch (ReflectiveOperationException e) {
      log.error("Listener AuditListener failed for {} events", events.size(), e);
    }
  }

  /** A listener that changes what it was only lent. */
  public static final class AuditListener {
    /** Takes events; fails on lists that may not be changed. */
    public void onEvents(List<String> events) {
      events.replaceAll(event -> "audited " + event);
      events.sort(null);
    }
  }
}
