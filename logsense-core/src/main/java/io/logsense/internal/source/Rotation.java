package io.logsense.internal.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rotated files of one followed file: which one holds a place, and which came after it.
 *
 * <p>Names change under the reader's feet, so a file is told by its key and looked up anew each
 * time.
 */
final class Rotation {
  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
  private static final int MOST_TRIES = 8;

  private final Path live;
  private final int recordBytes;

  Rotation(Path live, int recordBytes) {
    this.live = live;
    this.recordBytes = recordBytes;
  }

  /** A rotated file and what tells its age. */
  private record Rotated(Path path, String key, FileTime modified) {
    /** The last write first; within one tick of the file system's clock, the name. */
    static int byAge(Rotated a, Rotated b) {
      int byTime = a.modified.compareTo(b.modified);
      if (byTime != 0) {
        return byTime;
      }
      return RotatedNames.isNewer(a.path, b.path)
          ? 1
          : RotatedNames.isNewer(b.path, a.path) ? -1 : 0;
    }
  }

  /** Opens the rotated file that {@code place} is in. */
  @Nullable OpenFile containing(Place place) throws IOException, InterruptedException {
    List<Rotated> likelyFirst = list();
    likelyFirst.sort(
        Comparator.comparing((Rotated r) -> !r.key.equals(place.fileKey()))
            .thenComparing(Rotated::modified, Comparator.reverseOrder()));
    for (Rotated candidate : likelyFirst) {
      try {
        OpenFile file = OpenFile.open(candidate.path, place, recordBytes);
        if (file != null) {
          return file;
        }
      } catch (IOException e) {
        LOG.debug("{} cannot be looked at", candidate.path, e);
      }
    }
    return null;
  }

  /** Opens the oldest file that was rotated after the one with that key. */
  @Nullable OpenFile next(String key) throws IOException, InterruptedException {
    String previous = key;
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Rotated> next = newerThan(previous);
      if (next.isEmpty()) {
        return null;
      }
      Rotated rotated = next.get();
      try {
        OpenFile file = OpenFile.openStart(rotated.path, recordBytes);
        if (file.key().equals(rotated.key)) {
          return file;
        }
        file.close();
      } catch (NoSuchFileException e) {
        LOG.debug("{} was rotated again", rotated.path);
      } catch (IOException e) {
        LOG.warn("{} is left out", rotated.path, e);
        previous = rotated.key;
      }
    }
    return null;
  }

  /** Whether a file other than that one was rotated after the one with that key. */
  boolean hasNext(String key, String other) throws IOException {
    return newerThan(key).filter(next -> !next.key.equals(other)).isPresent();
  }

  private Optional<Rotated> newerThan(String key) throws IOException {
    List<Rotated> all = list();
    return all.stream()
        .filter(r -> r.key.equals(key))
        .findFirst()
        .flatMap(
            own ->
                all.stream()
                    .filter(r -> !r.key.equals(key) && Rotated.byAge(r, own) > 0)
                    .filter(r -> !hasPlainTwin(all, r))
                    .min(Rotated::byAge));
  }

  /** Whether the file is the compressed form, perhaps unfinished, of one that is still there. */
  private static boolean hasPlainTwin(List<Rotated> all, Rotated r) {
    String plain = RotatedNames.withoutCompression(r.path.toString());
    return !plain.equals(r.path.toString())
        && all.stream().anyMatch(other -> other.path.toString().equals(plain));
  }

  private List<Rotated> list() throws IOException {
    List<Rotated> all = new ArrayList<>();
    for (Path file : RotatedNames.of(live)) {
      try {
        all.add(new Rotated(file, OpenFile.keyOf(file), Files.getLastModifiedTime(file)));
      } catch (NoSuchFileException e) {
        LOG.debug("{} was rotated again", file);
      }
    }
    return all;
  }
}
