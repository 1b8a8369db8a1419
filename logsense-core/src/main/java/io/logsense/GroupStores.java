package io.logsense;

import io.logsense.api.store.GroupStore;
import io.logsense.internal.store.FileGroupStore;
import java.nio.file.Path;

/** Where groups are kept between runs. */
public final class GroupStores {
  private GroupStores() {}

  /**
   * Groups in one file of JSON lines, which need not exist yet.
   *
   * <p>Its methods throw {@link io.logsense.api.LogSenseException} (external) when the file cannot
   * be read or written; a failed save leaves the file as it was.
   */
  public static GroupStore file(Path file) {
    return new FileGroupStore(file);
  }
}
