package io.logsense.internal.cluster;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.LocalVectorStore;
import io.logsense.api.vector.VectorStore;
import io.logsense.internal.store.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of a store that lives in this process, beside the journal. It saves embedding again
 * and nothing else: without it, or with a damaged one, vectors are made from the texts.
 */
final class VectorFile {
  private static final String NAME = "vectors.snapshot";

  private final Path file;
  private final LocalVectorStore store;

  private VectorFile(Path file, LocalVectorStore store) {
    this.file = file;
    this.store = store;
  }

  /** Null for a store that keeps its vectors itself. */
  static @Nullable VectorFile in(Path directory, VectorStore store) {
    return store instanceof LocalVectorStore local
        ? new VectorFile(directory.resolve(NAME), local)
        : null;
  }

  /** Restores the store if there is a snapshot of its model; answers what is in it. */
  Set<String> load() {
    if (Files.exists(file)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        store.restore(in);
      } catch (IOException | LogSenseException e) {
        return Set.of();
      }
    }
    Set<String> ids = new HashSet<>();
    store.forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  void save() {
    try {
      WholeFile.write(file, store::snapshot);
    } catch (IOException e) {
      throw new LogSenseException(
          Category.EXTERNAL, "cannot save vectors in " + file + ": " + e.getMessage(), e);
    }
  }
}
