package io.logsense.testkit;

import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The groups that a file accepts, each with its line and the comments above it. Immutable. */
final class Baseline {
  /** What creates and extends baselines. */
  static final String UPDATE = "-Dlogsense.baseline=update";

  private static final String HEADER =
      "# Error groups that are known: id, kind and title. To add new ones: " + UPDATE;
  private static final int MOST_TITLE = 160;

  /** Comments and line by id, in the order of ids. */
  private final Map<String, List<String>> entries;

  /** Comments after the last line. */
  private final List<String> rest;

  private final List<String> header;

  private Baseline(List<String> header, Map<String, List<String>> entries, List<String> rest) {
    this.header = header;
    this.entries = entries;
    this.rest = rest;
  }

  static boolean isUpdated() {
    return "update".equals(System.getProperty("logsense.baseline"));
  }

  /** The baseline in a file, or an empty one. */
  static Baseline readIfExists(Path file) {
    return Files.exists(file)
        ? read(file)
        : new Baseline(List.of(HEADER, ""), new TreeMap<>(), List.of());
  }

  /**
   * The baseline in a file.
   *
   * @throws AssertionError when there is none or a line is damaged
   */
  static Baseline read(Path file) {
    try {
      return parse(Files.readAllLines(file), file);
    } catch (NoSuchFileException e) {
      throw new AssertionError("no baseline " + file + "; to create it, run once with " + UPDATE);
    } catch (CharacterCodingException e) {
      throw new AssertionError(file + ": not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Baseline parse(List<String> lines, Path file) {
    List<String> header = new ArrayList<>();
    Map<String, List<String>> entries = new TreeMap<>();
    List<String> comments = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() && entries.isEmpty()) {
        header.addAll(comments);
        header.add(line);
        comments = new ArrayList<>();
      } else if (line.startsWith("#")) {
        comments.add(line);
      } else if (!line.isEmpty()) {
        String[] parts = line.split("\\s+", 3);
        if (parts.length < 2 || parts[0].indexOf(':') < 1 || !isKind(parts[1])) {
          throw new AssertionError(
              file + ":" + (i + 1) + ": '" + line + "' is not ID exception|message TITLE");
        }
        comments.add(line);
        entries.merge(parts[0], comments, (first, second) -> first);
        comments = new ArrayList<>();
      }
    }
    return new Baseline(header, entries, comments);
  }

  private static boolean isKind(String word) {
    return Stream.of(GroupKind.values()).anyMatch(kind -> name(kind).equals(word));
  }

  private static String name(GroupKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it accepts a group, under any of its ids. */
  boolean contains(Group group) {
    return entries.containsKey(group.id())
        || group.formerIds().stream().anyMatch(entries::containsKey)
        || group.variants().keySet().stream()
            .map(Fingerprint::toString)
            .anyMatch(entries::containsKey);
  }

  /** This one, and what of the groups it does not accept yet. */
  Baseline with(List<Group> groups) {
    Map<String, List<String>> more = new TreeMap<>(entries);
    for (Group group : groups) {
      if (!contains(group)) {
        more.put(group.id(), List.of(entry(group)));
      }
    }
    return new Baseline(header, more, rest);
  }

  /** Replaces a file whole; leaves it alone when it says the same already. */
  void write(Path file) {
    List<String> lines = new ArrayList<>(header);
    for (Map.Entry<String, List<String>> entry : entries.entrySet()) {
      lines.addAll(entry.getValue());
    }
    lines.addAll(rest);
    try {
      if (Files.exists(file) && Files.readAllLines(file).equals(lines)) {
        return;
      }
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path whole = Files.createTempFile(folder, "baseline", ".tmp");
      Files.writeString(whole, String.join("\n", lines) + "\n");
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line that accepts a group. */
  static String entry(Group group) {
    String title = line(group.title());
    return group.id()
        + " "
        + name(group.kind())
        + " "
        + (title.length() <= MOST_TITLE ? title : title.substring(0, MOST_TITLE) + "…");
  }

  /** A text on one line, without control characters. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
