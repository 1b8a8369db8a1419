package com.shop.orders;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that has a bad quarter of an hour. */
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final Random random;
  private volatile boolean slow;

  /** A database whose bad luck comes from {@code random}. */
  public Database(Random random) {
    this.random = random;
  }

  /** Says whether statements are slow now. */
  public void slow(boolean now) {
    slow = now;
  }

  void update(String sql, int order) throws SQLException {
    int millis = slow ? 900 + random.nextInt(6000) : random.nextInt(620);
    if (millis > 5000) {
      throw new SQLTimeoutException(
          "ERROR: canceling statement due to statement timeout after " + millis + " ms", "57014");
    }
    if (millis > 600) {
      log.warn("Slow statement: {} ms for {} [order_id={}]", millis, sql, order);
    }
  }
}
