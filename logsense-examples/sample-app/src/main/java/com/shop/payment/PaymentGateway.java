package com.shop.payment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A payment provider that is sometimes away; asked three times. */
public final class PaymentGateway {
  private static final Logger log = LoggerFactory.getLogger(PaymentGateway.class);
  private static final int ATTEMPTS = 3;

  private final Random random;

  /** A gateway whose bad luck comes from {@code random}. */
  public PaymentGateway(Random random) {
    this.random = random;
  }

  /** Takes money from a customer. */
  public void charge(int customer, int cents) {
    if (random.nextInt(18) == 0) {
      log.warn(
          "Card 4111 1111 1111 {} of customer {} was declined: insufficient funds for {} cents",
          1000 + random.nextInt(9000),
          customer,
          cents);
    }
    int failures = random.nextInt(12) == 0 ? 1 + random.nextInt(ATTEMPTS) : 0;
    for (int attempt = 1; attempt <= failures; attempt++) {
      try {
        connect();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException("Payment provider unreachable after 3 attempts", e);
        }
        log.warn(
            "Payment attempt {} of {} for customer {} failed ({}), next in {} ms",
            attempt,
            ATTEMPTS,
            customer,
            e.getMessage(),
            200 << attempt);
      }
    }
  }

  /** Nothing listens on port 1: the refusal and its frames are the JDK's own. */
  private static void connect() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 1)) {
      socket.getOutputStream().flush();
    }
  }
}
