package io.logsense.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Made-up messages of the kinds that services, kernels, daemons and web servers write. */
final class Messages {
  private static final String[] WORDS = {
    "amber", "basil", "cobalt", "delta", "ember", "fjord", "garnet", "hazel", "indigo", "jade",
    "kiwi", "lemon", "maple", "nutmeg", "olive", "pearl", "quartz", "ruby", "sage", "topaz"
  };

  /**
   * The texts; {@code N} stands for a number, {@code H} for hex, {@code A} for an address, {@code
   * U} for a UUID, {@code P} for a path, {@code W} for a word, each between braces.
   */
  private static final String[] TEXTS = {
    "Accepted connection from {A}:{N} on listener {N}",
    "Closed connection from {A}:{N} after {N} ms",
    "Request {U} completed with status {N} in {N} ms",
    "Request {U} failed: upstream timed out after {N} ms",
    "{A} - - \"GET {P} HTTP/1.1\" {N} {N} \"-\" \"probe/{N}\"",
    "{A} - - \"POST {P} HTTP/1.1\" {N} {N} \"-\" \"probe/{N}\"",
    "Block blk_{N} of size {N} received from /{A}:{N}",
    "Deleting block blk_{N} file {P}/blk_{N}",
    "session opened for user {W} by (uid={N})",
    "session closed for user {W}",
    "Failed password for {W} from {A} port {N} ssh2",
    "instruction address: 0x{H}, data address: 0x{H}, code {N}",
    "cache parity error corrected on core {N} bank {N}",
    "level=info msg=\"request served\" path={P} status={N} duration={N}ms trace={H}",
    "{\"event\":\"order.placed\",\"order\":{N},\"customer\":\"{H}\",\"total\":{N}.{N}}",
    "Task {N}.{N} in stage {N}.{N} (TID {N}) finished on executor {N}",
    "Took {N}.{N} seconds to build instance {U}",
    "Memory limit: {N} MB, free: {N} MB",
    "Retrying connect to server: {W}.example.net:{N}. Already tried {N} time(s)",
    "thread pool {W} saturated: active={N}, queued={N}, max={N}",
    "Slow query took {N} ms on replica {N}",
    "Rolled file {P}.log to archive, {N} bytes in {N} ms",
    "GC pause young {N}M->{N}M {N}.{N}ms",
    "Heartbeat from node-{N} is {N} s late",
    "Leader election took {N} ms, epoch {N}, quorum {N}",
    "Snapshot {N} of partition {N} written to {P}",
    "Certificate of {W}.example.net expires in {N} days",
    "Consumer group {W} rebalanced: {N} members, {N} partitions",
    "wlan{N}: channel changed to {N}",
    "usb {N}-{N}: new device number {N} found"
  };

  private Messages() {}

  /** {@code count} messages; equal seeds make equal messages. */
  static List<String> mixed(int count, long seed) {
    Random random = new Random(seed);
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(random(random, kind -> value((char) kind, random)));
    }
    return all;
  }

  /** One of the texts; {@code values} makes a value of the kind that a letter stands for. */
  static String random(Random random, IntFunction<String> values) {
    StringBuilder out = new StringBuilder();
    fill(TEXTS[random.nextInt(TEXTS.length)], values, out);
    return out.toString();
  }

  /** Appends {@code text} with its marks replaced by random values. */
  static void fill(String text, Random random, StringBuilder out) {
    fill(text, kind -> value((char) kind, random), out);
  }

  private static void fill(String text, IntFunction<String> values, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}') {
        out.append(values.apply(text.charAt(i + 1)));
        i += 2;
      } else {
        out.append(c);
      }
    }
  }

  private static String value(char kind, Random random) {
    return switch (kind) {
      case 'N' -> Integer.toString(random.nextInt(1 << random.nextInt(24)));
      case 'H' -> Long.toHexString(random.nextLong() | 1L << 62);
      case 'A' -> "10." + random.nextInt(256) + "." + random.nextInt(256) + ".7";
      case 'U' -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
      case 'P' -> "/var/" + WORDS[random.nextInt(WORDS.length)] + "/" + random.nextInt(100);
      default -> WORDS[random.nextInt(WORDS.length)];
    };
  }
}
