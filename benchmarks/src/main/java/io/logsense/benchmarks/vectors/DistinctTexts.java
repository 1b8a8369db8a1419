package io.logsense.benchmarks.vectors;

import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.stack.StackTraceExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts of the kind that is embedded, no two alike: exceptions ({@code type: message at frame}) and
 * messages. Real ones where there is data, made-up ones to fill up.
 */
final class DistinctTexts {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_FRAMES = 12;
  private static final Pattern BLANK = Pattern.compile("\\s+");

  private static final List<String> THINGS =
      List.of(
          "order",
          "invoice",
          "session",
          "customer",
          "shipment",
          "coupon",
          "account",
          "mailbox",
          "thumbnail",
          "report",
          "backup",
          "sensor",
          "playlist",
          "ticket",
          "reservation",
          "booking",
          "certificate",
          "schedule",
          "lease",
          "replica",
          "partition",
          "snapshot",
          "index",
          "cache");
  private static final List<String> PLACES =
      List.of(
          "database",
          "message broker",
          "object store",
          "payment gateway",
          "search cluster",
          "mail server",
          "identity provider",
          "file system",
          "message queue",
          "load balancer",
          "configuration service",
          "metrics backend",
          "image service",
          "print spooler");
  private static final List<String> TROUBLES =
      List.of(
          "timed out after {N} ms",
          "refused the connection",
          "is out of memory",
          "is read-only",
          "answered with status {N}",
          "has an expired certificate",
          "is overloaded, {N} waiting",
          "closed the stream early",
          "rejected the password",
          "lost its leader",
          "has no space left",
          "is locked by process {N}",
          "returned a broken page",
          "does not know version {N}");
  private static final List<String> PATTERNS =
      List.of(
          "could not store {T} {N}: the {P} {X}",
          "{T} {N} was not found in the {P}",
          "the {P} {X} while the {T} was loaded",
          "duplicate {T} {N}, the first is kept",
          "retry {N} of {T}: {P} {X}",
          "{T} moved to {P} in {N} ms",
          "dropped {N} {T} updates because the {P} {X}",
          "validation of {T} failed: field {T}Id must not be {N}",
          "user {N} may not delete a {T}",
          "{E}: no {T} with id {N} at com.shop.{C}.load({C}.java:{N})",
          "{E}: {P} {X} at com.shop.{C}.send({C}.java:{N})",
          "{E}: cannot convert {T} to {C} at org.acme.{C}.map({C}.kt:{N})",
          "{E}: index {N} out of bounds for length {N} at org.acme.{C}.next({C}.java:{N})",
          "{E}: {T} is null at net.example.{C}.apply({C}.scala:{N})");
  private static final List<String> EXCEPTIONS =
      List.of(
          "java.lang.IllegalStateException",
          "java.io.IOException",
          "java.sql.SQLException",
          "java.lang.NullPointerException",
          "java.util.NoSuchElementException",
          "TypeError",
          "java.util.concurrent.TimeoutException",
          "ValueError",
          "System.InvalidOperationException",
          "com.shop.OrderException",
          "ActiveRecord::RecordNotFound",
          "java.net.SocketException");

  private DistinctTexts() {}

  /**
   * {@code count} texts in a random order; equal seeds and data make equal texts.
   *
   * @param data where real logs and traces are, if anywhere
   */
  static List<String> of(int count, long seed, @Nullable Path data) throws IOException {
    Random random = new Random(seed);
    Set<String> texts = new LinkedHashSet<>();
    if (data != null && Files.isDirectory(data)) {
      List<String> real = new ArrayList<>(real(data));
      Collections.shuffle(real, random);
      texts.addAll(real.subList(0, Math.min(count, real.size())));
    }
    while (texts.size() < count) {
      texts.add(madeUp(random));
    }
    List<String> all = new ArrayList<>(texts);
    Collections.shuffle(all, random);
    return all;
  }

  private static Set<String> real(Path data) throws IOException {
    Set<String> texts = new LinkedHashSet<>();
    StackTraceExtractor extractor = StackTraces.extractor();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        if (name.endsWith(".log")) {
          new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> addLine(line, texts));
        }
        for (StackTrace trace : extractor.extract(bytes, 0, bytes.length)) {
          addError(trace.error(), texts);
        }
      }
    }
    return texts;
  }

  /** The line without the words in front that are no words, such as dates and ids. */
  private static void addLine(String line, Collection<String> texts) {
    String[] words = BLANK.split(line.strip());
    int start = 0;
    while (start < words.length && !words[start].chars().allMatch(Character::isLetter)) {
      start++;
    }
    if (words.length - start > 2) {
      add(String.join(" ", List.of(words).subList(start, words.length)), texts);
    }
  }

  private static void addError(ThrownError error, Collection<String> texts) {
    for (ThrownError e = error; e != null; e = e.cause()) {
      for (StackFrame frame : e.frames().subList(0, Math.min(MAX_FRAMES, e.frames().size()))) {
        add(e + " at " + frame, texts);
      }
    }
  }

  private static void add(String text, Collection<String> texts) {
    texts.add(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
  }

  private static String madeUp(Random random) {
    StringBuilder text = new StringBuilder(one(PATTERNS, random));
    for (int at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at)) {
      text.replace(at, at + 3, value(text.charAt(at + 1), random));
    }
    return text.toString();
  }

  private static String value(char kind, Random random) {
    return switch (kind) {
      case 'N' -> Integer.toString(random.nextInt(1 << random.nextInt(20)));
      case 'T' -> one(THINGS, random);
      case 'P' -> one(PLACES, random);
      case 'X' -> one(TROUBLES, random);
      case 'E' -> one(EXCEPTIONS, random);
      default -> capitalised(one(THINGS, random)) + capitalised(one(THINGS, random));
    };
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
