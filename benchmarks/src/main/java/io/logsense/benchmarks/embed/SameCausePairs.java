package io.logsense.benchmarks.embed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts of one half of the pairs, and distractors. Texts 2i and 2i + 1 are a pair, up to {@link
 * #paired()}; what follows has no partner.
 */
record SameCausePairs(List<String> texts, int paired) {
  /**
   * Which pairs; neighbours in the file, so of the same fields of work, are in different halves.
   */
  enum Half {
    /** Looked at while an embedder was made. */
    TUNING,
    /** Only measured. */
    HELD_OUT
  }

  private static final int COPIES = 4;
  private static final String[] SERVICES = {
    "billing", "checkout", "search", "gateway", "inventory", "mailer"
  };
  private static final String[] ENTITIES = {
    "order", "invoice", "customer", "article", "shipment", "report"
  };
  private static final String[] USERS = {"jane", "kim", "omar", "lena"};
  private static final String[] HOSTS = {"web01", "db02", "node-7", "cache-3"};

  /** The pairs of a half with all distractors; always the same. */
  static SameCausePairs of(Half half) {
    List<String> texts = new ArrayList<>();
    List<String> pairs = lines("pairs.tsv");
    for (int i = half.ordinal(); i < pairs.size(); i += Half.values().length) {
      String[] columns = pairs.get(i).split("\t");
      texts.add(columns[1]);
      texts.add(columns[2]);
    }
    int paired = texts.size();
    Random random = new Random(1);
    for (String template : lines("distractors.txt")) {
      for (int copy = 0; copy < COPIES; copy++) {
        texts.add(fill(template, random));
      }
    }
    return new SameCausePairs(texts, paired);
  }

  private static List<String> lines(String resource) {
    try (InputStream in = SameCausePairs.class.getResourceAsStream("/embedders/" + resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fill(String template, Random random) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
      int close = template.indexOf('}', open);
      out.append(template, at, open).append(value(template.substring(open + 1, close), random));
      at = close + 1;
    }
    return out.append(template, at, template.length()).toString();
  }

  private static String value(String slot, Random random) {
    return switch (slot) {
      case "d" -> Integer.toString(2 + random.nextInt(98));
      case "n" -> Integer.toString(100 + random.nextInt(90_000));
      case "id" -> Integer.toHexString(random.nextInt());
      case "port" -> Integer.toString(1000 + random.nextInt(9000));
      case "date" -> "2026-1" + random.nextInt(3) + "-2" + random.nextInt(9);
      case "service" -> SERVICES[random.nextInt(SERVICES.length)];
      case "entity" -> ENTITIES[random.nextInt(ENTITIES.length)];
      case "user" -> USERS[random.nextInt(USERS.length)];
      case "host" -> HOSTS[random.nextInt(HOSTS.length)];
      default -> throw new IllegalArgumentException("slot {" + slot + "} is not known");
    };
  }
}
