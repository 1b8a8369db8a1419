package io.logsense.cli;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Documents as files of a folder, one each: the id on the first line, the JSON after it. Small
 * enough for what one person asks; a document that is removed leaves no byte behind.
 *
 * <p>A file is written beside its place and then moved there. Of several documents in one call some
 * may be there after a crash; the command puts one at a time.
 */
final class DocumentFolder implements DocumentStore, Purgeable {
  private static final String ENDING = ".json";

  private final Path folder;
  private volatile boolean closed;

  DocumentFolder(Path folder) {
    this.folder = folder;
  }

  /** What is kept of root causes in the home directory of the command. */
  static DocumentFolder in(Path home) {
    return new DocumentFolder(home.resolve("analysis"));
  }

  @Override
  public void put(Collection<Document> documents) {
    checkOpen();
    try {
      for (Document document : List.copyOf(documents)) {
        Path file = file(document.kind(), document.id());
        Files.createDirectories(file.resolveSibling("."));
        Path fresh = file.resolveSibling(UUID.randomUUID() + ".new");
        Files.writeString(fresh, line(document.id()) + "\n" + document.json());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Document> get(String kind, String id) {
    checkOpen();
    return read(kind, file(kind, id));
  }

  @Override
  public List<Document> list(String kind) {
    checkOpen();
    Path of = folder.resolve(kind);
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    List<Document> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(of)) {
      files
          .filter(file -> file.toString().endsWith(ENDING))
          .forEach(file -> read(kind, file).ifPresent(found::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(Document::id));
    return found;
  }

  @Override
  public boolean remove(String kind, String id) {
    checkOpen();
    try {
      return Files.deleteIfExists(file(kind, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long mentions(Subject subject) {
    return naming(subject).size();
  }

  @Override
  public long purge(Subject subject) {
    List<Path> files = naming(subject);
    try {
      for (Path file : files) {
        Files.delete(file);
      }
      return files.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of all kinds but accounts, those included that a crash left behind. */
  private List<Path> naming(Subject subject) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> naming = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        // Not as readString does: a crash may have cut a character in two.
        if (!file.startsWith(folder.resolve(SPENDING))
            && subject.isIn(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))) {
          naming.add(file);
        }
      }
      return naming;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new LogSenseException(Category.USAGE, folder + " was closed");
    }
  }

  private Path file(String kind, String id) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    return folder.resolve(kind).resolve(UUID.nameUUIDFromBytes(name) + ENDING);
  }

  /** An id as one line. */
  private static String line(String id) {
    return id.replace("%", "%25").replace("\n", "%0A");
  }

  /** The id of a {@link #line}; no other than a line's end became {@code %0A} there. */
  private static String id(String line) {
    return line.replace("%0A", "\n").replace("%25", "%");
  }

  private static Optional<Document> read(String kind, Path file) {
    try {
      String text = Files.readString(file);
      int end = text.indexOf('\n');
      return end <= 0
          ? Optional.empty()
          : Optional.of(new Document(kind, id(text.substring(0, end)), text.substring(end + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
