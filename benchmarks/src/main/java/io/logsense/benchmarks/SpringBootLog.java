package io.logsense.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * The log of a web shop as Spring Boot prints it: equal seeds and sizes make equal bytes.
 *
 * <p>30 kinds of ordinary messages with numbers, names, addresses and the odd e-mail address; 40
 * faults, each with a stack trace of its own of 45 to 75 frames and, for two of three, a cause.
 * Trace lines make up about a fifth of all lines with 5 traces in a thousand events.
 */
public final class SpringBootLog {
  /** How many of a thousand events carry a stack trace, where nothing else is asked for. */
  public static final int TRACES = 5;

  private static final int FAULTS = 40;
  private static final int BUFFER = 1 << 16;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z '").withZone(ZoneOffset.UTC);

  private static final String[] LOGGERS = {
    "com.shop.web.OrderController", "c.shop.checkout.CheckoutService", "c.s.stock.StockRepository",
    "com.shop.mail.Mailer", "c.s.search.CatalogueIndex", "o.s.web.servlet.DispatcherServlet",
    "com.zaxxer.hikari.pool.HikariPool", "o.a.k.c.c.internals.ConsumerCoordinator"
  };

  /** Marks between braces as {@link Messages} reads them. */
  private static final String[] TEXTS = {
    "Order {N} placed by customer {N}: {N} items, {N}.{N} EUR",
    "Order {N} ships in {N} days",
    "GET /api/products/{N} 200 in {N} ms",
    "POST /api/carts/{H} 201 in {N} ms",
    "DELETE /api/carts/{H} 204 in {N} ms",
    "Cart {H} of customer {N} now has {N} items",
    "Customer {N} logged in from {A}",
    "Login of {W} from {A} failed, attempt {N}",
    "Password mail sent to {W}.{W}@example.com",
    "Payment {U} authorised by {W} in {N} ms",
    "Payment {U} declined: code {N}",
    "Refund of {N}.{N} EUR for order {N} booked",
    "Stock of product {N} is {N}, reorder level {N}",
    "Reserved {N} of product {N} until {N}",
    "Search for '{W} {W}' found {N} products in {N} ms",
    "Index {W} rebuilt: {N} documents, {N} ms",
    "Mail {U} queued, {N} before it",
    "Price of product {N} changed from {N} to {N} cents",
    "Cache {W}: hits={N} misses={N} evictions={N}",
    "HikariPool-1 - Pool stats (total={N}, active={N}, idle={N}, waiting={N})",
    "[Consumer clientId=shop-{N}, groupId=orders] Committed offset {N} for partition orders-{N}",
    "[Consumer clientId=shop-{N}, groupId=orders] Setting offset for partition orders-{N} to {N}",
    "Completed 200 OK, headers={masked} in {N} ms",
    "Slow query: {N} ms for select o from Orders o where o.customer = {N}",
    "Retry {N} of call to https://{W}.example.com/v1/rates?currency={W}",
    "Uploaded {P}/{N}.jpg, {N} bytes",
    "Session {H} expired after {N} s",
    "Job {W} finished: {N} rows read, {N} written, {N} skipped",
    "Webhook {U} delivered to {A}:{N} with status {N}",
    "Feature {W} is on for {N} % of customers"
  };

  private static final String[] TYPES = {
    "java.lang.NullPointerException", "java.lang.IllegalStateException",
    "java.net.SocketTimeoutException", "java.sql.SQLTransientConnectionException",
    "com.shop.stock.OutOfStockException", "java.util.NoSuchElementException"
  };

  private static final String[] FRAMEWORK = {
    "jdk.internal.reflect.GeneratedMethodAccessor#.invoke(Unknown Source)",
    "java.base/java.lang.reflect.Method.invoke(Method.java:568)",
    "org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod"
        + ".java:255)",
    "org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1088)",
    "org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:903)",
    "org.springframework.aop.framework.CglibAopProxy$DynamicAdvisedInterceptor.intercept("
        + "CglibAopProxy.java:723)",
    "org.springframework.transaction.interceptor.TransactionInterceptor.invoke("
        + "TransactionInterceptor.java:119)",
    "org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain"
        + ".java:174)",
    "org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:149)",
    "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:391)",
    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)",
    "java.base/java.lang.Thread.run(Thread.java:840)"
  };

  private final Random random;
  private final int tracesInThousand;
  private final StringBuilder text = new StringBuilder(2 * BUFFER);
  private long millis = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();

  private SpringBootLog(long seed, int tracesInThousand) {
    this.random = new Random(seed);
    this.tracesInThousand = tracesInThousand;
  }

  /** A log of at least {@code size} bytes in memory, which ends with a whole event. */
  public static byte[] bytes(int size, int tracesInThousand) {
    SpringBootLog log = new SpringBootLog(1, tracesInThousand);
    while (log.text.length() < size) {
      log.event();
    }
    return log.text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes a log of at least {@code size} bytes, which ends with a whole event. */
  public static void write(Path file, long size) throws IOException {
    SpringBootLog log = new SpringBootLog(1, TRACES);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < size; written += log.text.length()) {
        log.text.setLength(0);
        while (log.text.length() < BUFFER && written + log.text.length() < size) {
          log.event();
        }
        out.write(log.text.toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private void event() {
    millis += random.nextInt(40);
    boolean fault = random.nextInt(1000) < tracesInThousand;
    int kind = random.nextInt(TEXTS.length);
    String level = fault ? "ERROR" : kind % 7 == 6 ? " WARN" : " INFO";
    String logger = LOGGERS[fault ? 0 : kind * LOGGERS.length / TEXTS.length];
    TIME.formatTo(Instant.ofEpochMilli(millis), text);
    text.append(level);
    text.append(" 4711 --- [shop] [nio-8080-exec-").append(random.nextInt(10)).append("] ");
    text.append(logger).append(" ".repeat(40 - logger.length())).append(" : ");
    if (fault) {
      fault(random.nextInt(FAULTS));
    } else {
      Messages.fill(TEXTS[kind], random, text);
      text.append('\n');
    }
  }

  private void fault(int fault) {
    text.append("Servlet.service() for servlet [dispatcherServlet] threw exception\n\n");
    throwable(fault);
    int frames = 45 + fault % 31;
    frames(fault, frames);
    if (fault % 3 != 0) {
      text.append("Caused by: ");
      throwable(fault + FAULTS);
      frames(fault + FAULTS, 6);
      text.append("\t... ").append(frames - 3).append(" common frames omitted\n");
    }
    text.append('\n');
  }

  private void throwable(int fault) {
    text.append(TYPES[fault % TYPES.length]).append(": cannot handle order ");
    text.append(random.nextInt(100_000)).append('\n');
  }

  private void frames(int fault, int count) {
    for (int i = 0; i < count; i++) {
      text.append("\tat ");
      if (i < 5) {
        text.append("com.shop.area").append(fault % 7).append(".Service").append(fault);
        text.append(".step").append(i).append("(Service").append(fault).append(".java:");
        text.append(20 + 11 * i + fault).append(")\n");
      } else {
        String frame = FRAMEWORK[(i + fault) % FRAMEWORK.length];
        text.append(frame.replace("#", Integer.toString(100 + random.nextInt(50)))).append('\n');
      }
    }
  }
}
