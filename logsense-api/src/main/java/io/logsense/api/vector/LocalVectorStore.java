package io.logsense.api.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * A store inside this process, which is gone with it unless the caller keeps a snapshot. Called by
 * users.
 */
public interface LocalVectorStore extends VectorStore {
  /**
   * Writes everything stored, in a documented, versioned format; {@code out} is flushed, not
   * closed. Equal histories of calls give equal bytes. Writers wait meanwhile, searches do not.
   */
  void snapshot(OutputStream out) throws IOException;

  /**
   * Replaces everything stored by what a snapshot holds; {@code in} is read to its end and not
   * closed. Searches see all of the old content or all of the new.
   *
   * @throws io.logsense.api.LogSenseException (usage) when {@code in} is not a snapshot, is
   *     damaged, or is of another model or dimension; this store is then as before
   */
  void restore(InputStream in) throws IOException;

  /** Shows every entry to {@code visitor}, in no order that means anything; writers wait. */
  void forEach(Consumer<VectorEntry> visitor);
}
