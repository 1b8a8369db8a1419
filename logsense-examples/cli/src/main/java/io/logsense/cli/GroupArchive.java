package io.logsense.cli;

import io.logsense.GroupStores;
import io.logsense.api.store.GroupStore;
import java.nio.file.Path;

/** Where the command keeps groups between runs. */
final class GroupArchive {
  private static final String FILE = "groups.jsonl";

  private GroupArchive() {}

  /** The groups of every run that was not told otherwise. */
  static GroupStore in(Path home) {
    return at(home.resolve(FILE));
  }

  /** The groups in one file. */
  static GroupStore at(Path file) {
    return GroupStores.file(file);
  }
}
