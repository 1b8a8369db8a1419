package io.logsense.benchmarks.code;

import io.logsense.api.code.CodeOrigin;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A source tree, or a folder in it, with a patch applied. */
final class PatchedTree implements SourceTree {
  private final SourceTree tree;
  private final String folder;
  private final Patch patch;

  PatchedTree(SourceTree tree, String folder, Patch patch) {
    this.tree = tree;
    this.folder = folder + "/";
    this.patch = patch;
  }

  @Override
  public CodeOrigin origin() {
    return tree.origin();
  }

  @Override
  public List<Entry> list(Predicate<String> wanted) throws IOException {
    return tree.list(path -> path.startsWith(folder) && wanted.test(path)).stream()
        .map(entry -> patch.changes(entry.path()) ? new Entry(entry.path(), 0, "") : entry)
        .toList();
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Optional<byte[]> content = tree.read(path);
    return patch.changes(path) ? content.map(bytes -> apply(path, bytes)) : content;
  }

  private byte[] apply(String path, byte[] bytes) {
    return patch
        .apply(path, new String(bytes, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    tree.close();
  }
}
