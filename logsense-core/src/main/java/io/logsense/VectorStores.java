package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.LocalVectorStore;
import io.logsense.internal.store.WholeFile;
import io.logsense.internal.vector.HnswVectorStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where vectors are kept and searched. */
public final class VectorStores {
  private VectorStores() {}

  /**
   * An empty store in memory: exact up to a few thousand vectors, then a navigable graph that finds
   * more than 99 in 100 of the nearest. It grows as needed, and gives the room of removed entries
   * to new ones.
   *
   * @throws LogSenseException (usage) when {@code dimension} is less than 1
   */
  public static LocalVectorStore hnsw(String modelId, int dimension) {
    return new HnswVectorStore(modelId, dimension);
  }

  /**
   * Writes a snapshot of {@code store} to {@code file}, replacing it as a whole: a crash or a full
   * disk at any moment leaves either the old or the new one.
   *
   * @throws LogSenseException (external) when the file cannot be written
   */
  public static void save(LocalVectorStore store, Path file) {
    try {
      WholeFile.write(file, store::snapshot);
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  /**
   * Restores {@code store} from a file that {@link #save} wrote.
   *
   * @throws LogSenseException (external) when the file cannot be read; (usage) when it is damaged,
   *     or holds vectors of another model or dimension
   */
  public static void load(LocalVectorStore store, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      store.restore(in);
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  private static LogSenseException failure(String verb, Path file, IOException e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " vectors in " + file + ": " + e.getMessage(), e);
  }
}
