package shop;

import ch.qos.logback.classic.LoggerContext;
import io.logsense.api.group.Group;
import io.logsense.logback.LogSenseAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a flood of errors in eight threads, to a plain log and to a reduced one. */
public final class Flood {
  private static final Logger LOG = LoggerFactory.getLogger(Flood.class);
  private static final int THREADS = 8;

  private Flood() {}

  public static void main(String[] arguments) throws InterruptedException {
    int events = Integer.parseInt(arguments[0]) / THREADS;
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Thread thread = new Thread(() -> sell(events), "seller-" + t);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogSenseAppender appender =
        (LogSenseAppender) context.getLogger("ROOT").getAppender("LOGSENSE");
    context.stop();
    for (Group group : appender.engine().snapshot().groups()) {
      System.out.println(group.id() + " " + group.count());
    }
  }

  private static void sell(int events) {
    for (int i = 0; i < events; i++) {
      switch (i & 3) {
        case 0 -> LOG.error("cannot sell item {}", i, price(i));
        case 1 -> LOG.error("cannot sell item {}", i, stock(i));
        case 2 -> LOG.error("payment of order {} was refused after {} ms", i, i % 977);
        default -> LOG.error("retrying order " + i);
      }
    }
  }

  private static Throwable price(int item) {
    return new IllegalStateException("no price for item " + item);
  }

  private static Throwable stock(int item) {
    return new IllegalArgumentException("sold out", new IllegalStateException("item " + item));
  }
}
