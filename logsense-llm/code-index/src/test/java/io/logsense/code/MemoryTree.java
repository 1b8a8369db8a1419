package io.logsense.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.api.code.CodeOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Source files in memory. */
final class MemoryTree implements SourceTree {
  private final Map<String, String> files = new TreeMap<>();

  MemoryTree with(String path, String source) {
    files.put(path, source);
    return this;
  }

  @Override
  public CodeOrigin origin() {
    return new CodeOrigin("memory", "1.2", "c0ffee");
  }

  @Override
  public List<Entry> list(Predicate<String> wanted) {
    return files.keySet().stream()
        .filter(wanted)
        .map(path -> new Entry(path, files.get(path).length(), ""))
        .toList();
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
