package io.logsense.cli;

import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense index}: what {@code why} looks into. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = {
      "Indexes source code for 'logsense why', which does so itself when it is not done.",
      "Files that have not changed since are not read again."
    })
final class IndexCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      description = "The root of the source code, or with --commit a git repository.")
  private Path source = Path.of(".");

  @Option(
      names = "--commit",
      paramLabel = "REV",
      description = "Commit, tag or branch; it need not be checked out.")
  private @Nullable String commit;

  @Option(names = "--out", paramLabel = "FILE", description = "Also writes the index to FILE.")
  private @Nullable Path out;

  IndexCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (SourceTree tree =
        commit == null ? SourceTree.folder(source) : SourceTree.git(source, commit)) {
      CodeIndexer.Result result = new SourceIndexes(console).of(source, tree);
      if (out != null) {
        SourceIndexes.write(result.index(), out);
      }
      console
          .out()
          .println(
              "%d methods in %d files, %d of them read anew%s"
                  .formatted(
                      result.index().size(),
                      result.files(),
                      result.files() - result.reused(),
                      at(result.index().origin().commit())));
    }
    return 0;
  }

  private static String at(String commit) {
    return commit.isEmpty() ? "" : ", at " + commit;
  }
}
