package io.logsense.code;

import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.api.code.CodeParser;
import io.logsense.api.code.ParsedSource;
import io.logsense.api.code.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Makes an index of a source tree.
 *
 * <p>Files are parsed in small batches, and only what the index keeps of them is kept, so memory is
 * that of the index and of one batch. For one thread at a time.
 */
public final class CodeIndexer {
  private static final int BATCH_FILES = 200;
  private static final long BATCH_BYTES = 1 << 20;

  private final List<CodeParser> parsers;
  private final @Nullable CodeOrigin origin;

  private CodeIndexer(List<CodeParser> parsers, @Nullable CodeOrigin origin) {
    this.parsers = parsers;
    this.origin = origin;
  }

  /**
   * What came of indexing.
   *
   * @param index the index
   * @param files files of a known language
   * @param reused files that were taken from an earlier index
   * @param problems files that could not be read, or not to their end: path and reason
   */
  public record Result(CodeIndex index, int files, int reused, List<String> problems) {
    /** Keeps a copy of the list. */
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /**
   * An indexer for Java, with the compiler of the JDK where there is one, else JavaParser; and for
   * the languages whose {@link CodeParser} is a service on the class path.
   */
  public static CodeIndexer standard() {
    return withServices(JavaSourceParser.standard());
  }

  /** The same, which never uses the JDK's compiler. */
  public static CodeIndexer withoutCompiler() {
    return withServices(JavaSourceParser.withoutCompiler());
  }

  private static CodeIndexer withServices(CodeParser java) {
    List<CodeParser> parsers = new ArrayList<>(List.of(java));
    ServiceLoader.load(CodeParser.class).forEach(parsers::add);
    return new CodeIndexer(List.copyOf(parsers), null);
  }

  /** An indexer with the given parsers; the first that reads a file has it. */
  public static CodeIndexer with(CodeParser... parsers) {
    return new CodeIndexer(List.of(parsers), null);
  }

  /** The same indexer, which says what the source is instead of asking the tree. */
  public CodeIndexer of(CodeOrigin newOrigin) {
    return new CodeIndexer(parsers, newOrigin);
  }

  /** An index of everything in {@code tree} that a parser reads. */
  public Result index(SourceTree tree) throws IOException {
    return new Run(tree, null).index();
  }

  /**
   * The same, but files that have not changed since {@code earlier} was made are taken from there.
   */
  public Result index(SourceTree tree, CodeIndex earlier) throws IOException {
    return new Run(tree, earlier instanceof TableIndex table ? table : null).index();
  }

  private @Nullable CodeParser parser(String path) {
    return parsers.stream().filter(parser -> parser.reads(path)).findFirst().orElse(null);
  }

  private final class Run {
    private final SourceTree tree;
    private final @Nullable TableIndex earlier;
    private final BlockTable.Builder table;
    private final @Nullable TableCopier copier;
    private final List<String> problems = new ArrayList<>();
    private final List<SourceFile> batch = new ArrayList<>();
    private final List<String> batchIds = new ArrayList<>();
    private @Nullable CodeParser batchParser;
    private long batchBytes;
    private int reused;

    Run(SourceTree tree, @Nullable TableIndex earlier) {
      this.tree = tree;
      this.earlier = earlier;
      table = new BlockTable.Builder(origin == null ? tree.origin() : origin);
      copier = earlier == null ? null : new TableCopier(earlier.table(), table);
    }

    Result index() throws IOException {
      List<SourceTree.Entry> entries = tree.list(path -> parser(path) != null);
      for (SourceTree.Entry entry : entries) {
        if (!reuse(entry.path(), entry.contentId())) {
          read(entry);
        }
      }
      flush();
      return new Result(new TableIndex(table.build()), entries.size(), reused, problems);
    }

    private boolean reuse(String path, String contentId) {
      if (earlier == null || copier == null || contentId.isEmpty()) {
        return false;
      }
      int file = earlier.file(path, contentId);
      if (file < 0) {
        return false;
      }
      flush();
      reused++;
      copier.copy(file);
      return true;
    }

    private void read(SourceTree.Entry entry) throws IOException {
      String path = entry.path();
      if (entry.size() > SourceTree.MOST_FILE_BYTES) {
        problems.add(path + " has " + entry.size() + " bytes and was left out");
        return;
      }
      Optional<byte[]> content;
      try {
        content = tree.read(path);
      } catch (IOException e) {
        problems.add(path + " could not be read: " + e.getMessage());
        return;
      }
      if (content.isEmpty()) {
        problems.add(path + " could not be read");
        return;
      }
      String id =
          entry.contentId().isEmpty() ? SourceTree.contentId(content.get()) : entry.contentId();
      if (entry.contentId().isEmpty() && reuse(path, id)) {
        return;
      }
      CodeParser parser = Objects.requireNonNull(parser(path));
      boolean isFull = batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES;
      if (isFull || !parser.equals(batchParser)) {
        flush();
      }
      batchParser = parser;
      batch.add(new SourceFile(path, content.get()));
      batchIds.add(id);
      batchBytes += content.get().length;
    }

    private void flush() {
      if (batchParser == null || batch.isEmpty()) {
        return;
      }
      List<ParsedSource> parsed = batchParser.parse(List.copyOf(batch));
      for (int i = 0; i < batch.size(); i++) {
        String path = batch.get(i).path();
        ParsedSource source = parsed.get(i);
        if (!source.problem().isEmpty()) {
          problems.add(path + " " + source.problem());
        }
        table.add(path, batchIds.get(i), source.blocks());
      }
      batch.clear();
      batchIds.clear();
      batchBytes = 0;
    }
  }
}
