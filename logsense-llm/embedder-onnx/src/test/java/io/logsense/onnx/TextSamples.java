package io.logsense.onnx;

import java.util.List;
import java.util.Random;

/** Made-up texts, the same for the same random numbers. */
final class TextSamples {
  private static final List<String> MESSAGES =
      List.of(
          "Connection to %s:%d refused after %d ms",
          "java.lang.IllegalStateException: no bean of type com.shop.%s at com.shop.%s.run(%s.java:%d)",
          "user=%s id=%x-%x took %d.%dms [%s]",
          "{\"level\":\"ERROR\",\"msg\":\"%s failed\",\"path\":\"/srv/%s/%s.log\",\"code\":-%d}",
          "Caused by: %s$$EnhancerBySpringCGLIB$$%x: %s_%s != %d",
          "GET https://%s.example.org/api/v%d/%s?id=%d HTTP/1.1\" 50%d -",
          "\tat %s.<init>(%s.kt:%d) ~[%s-1.%d.jar!/:?]",
          "0x%x: segfault at %x ip %x error %d in lib%s.so");
  private static final List<String> WORDS =
      List.of(
          "OrderService",
          "cart",
          "größe",
          "paymentGateway",
          "DB_POOL",
          "kafka-3",
          "naïve",
          "Σίσυφος");
  private static final String MARKS = "\u0301\u0316\u0323\u0345\u1DCE\u20E3\u05B0\u093C";
  private static final String ODD =
      "\u0000\u0007\t\r\n\u000B\u0085\u00A0\u00AD\u200B\u200D\u2028\u2029\uFEFF\uFFFD\uFFFE";

  private TextSamples() {}

  static String logLine(Random random) {
    String pattern = MESSAGES.get(random.nextInt(MESSAGES.size()));
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        i++;
        switch (pattern.charAt(i)) {
          case 's' -> line.append(WORDS.get(random.nextInt(WORDS.size())));
          case 'd' -> line.append(random.nextInt(100_000));
          default -> line.append(Long.toHexString(random.nextLong()));
        }
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Runs of one block of Unicode each, with marks, controls and long words among them. */
  static String mixture(Random random) {
    StringBuilder text = new StringBuilder();
    int runs = 1 + random.nextInt(8);
    for (int run = 0; run < runs; run++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(WORDS.get(random.nextInt(WORDS.size())).repeat(random.nextInt(20)));
        case 1 -> text.append(" ".repeat(random.nextInt(3)));
        case 2 -> text.append(ODD.charAt(random.nextInt(ODD.length())));
        case 3 -> text.append(logLine(random), 0, 10);
        default -> block(random, text);
      }
    }
    return text.toString();
  }

  private static void block(Random random, StringBuilder text) {
    int start = random.nextInt(random.nextBoolean() ? 0x30 : 0x200) << 8;
    int length = random.nextInt(random.nextInt(10) == 0 ? 130 : 12);
    for (int i = 0; i < length; i++) {
      int codePoint = start + random.nextInt(0x100);
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
      if (random.nextInt(6) == 0) {
        text.append(MARKS.charAt(random.nextInt(MARKS.length())));
      }
    }
  }
}
