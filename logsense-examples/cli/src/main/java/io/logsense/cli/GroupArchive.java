package io.logsense.cli;

import io.logsense.GroupStores;
import io.logsense.api.group.Group;
import io.logsense.api.store.GroupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Where the command keeps groups between runs. */
final class GroupArchive {
  private static final String FILE = "groups.jsonl";
  private static final long MOST_BYTES = 64L << 20;

  private GroupArchive() {}

  /** The groups of every run that was not told otherwise. */
  static GroupStore in(Path home) {
    return at(home.resolve(FILE));
  }

  /** Adds groups to those of earlier runs; past 64 MiB the earlier ones are forgotten. */
  static void keep(Path home, Collection<Group> groups) throws IOException {
    Path file = home.resolve(FILE);
    if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
      Files.delete(file);
    }
    at(file).save(groups);
  }

  /** The groups in one file. */
  static GroupStore at(Path file) {
    return GroupStores.file(file);
  }
}
