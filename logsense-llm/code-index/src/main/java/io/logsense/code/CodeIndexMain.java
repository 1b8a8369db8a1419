package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the index of a source folder at build time: {@code CodeIndexMain SOURCE OUTPUT [VERSION]}.
 *
 * <p>OUTPUT is a file, or a jar, which gets the entry {@link CodeIndexFile#RESOURCE}. A program
 * that is shipped this way needs no checkout to find its own code.
 */
public final class CodeIndexMain {
  private CodeIndexMain() {}

  /** Exits with 2 for wrong usage and 3 when something cannot be read or written. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  static int run(List<String> arguments) {
    if (arguments.size() < 2 || arguments.size() > 3) {
      System.err.println("usage: CodeIndexMain SOURCE OUTPUT [VERSION]");
      return 2;
    }
    String version = arguments.size() == 3 ? arguments.get(2) : "";
    try (SourceTree tree = SourceTree.folder(Path.of(arguments.get(0)))) {
      CodeOrigin origin = new CodeOrigin(tree.origin().repository(), version, "");
      CodeIndexer.Result result = CodeIndexer.standard().of(origin).index(tree);
      result.problems().forEach(System.err::println);
      write(result, Path.of(arguments.get(1)));
      return 0;
    } catch (IOException | LogSenseException e) {
      System.err.println(e.getMessage());
      return e instanceof LogSenseException ? 2 : 3;
    }
  }

  private static void write(CodeIndexer.Result result, Path output) throws IOException {
    if (!output.toString().endsWith(".jar")) {
      writeFile(result, output);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(output)) {
      Path entry = jar.getPath(CodeIndexFile.RESOURCE);
      Files.createDirectories(entry.getParent());
      writeFile(result, entry);
    }
  }

  private static void writeFile(CodeIndexer.Result result, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      CodeIndexFile.write(result.index(), out);
    }
  }
}
