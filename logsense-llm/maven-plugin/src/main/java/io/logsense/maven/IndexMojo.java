package io.logsense.maven;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.code.CodeIndexFile;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the index of the project's source code to {@code META-INF/logsense/code.index} among its
 * classes, where {@code CodeIndexFile.onClassPath} finds it: names, lines, calls and messages, no
 * code.
 *
 * <p>Files that have not changed since the last build are not parsed again. The same source makes
 * the same bytes.
 */
@Mojo(name = "index", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class IndexMojo extends AbstractMojo {
  @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
  private List<String> sourceRoots = List.of();

  @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
  private File project = new File("");

  /** Where the classes of the project are. */
  @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
  private File outputDirectory = new File("");

  /** What the source code is called, in the index of a program that is made of several. */
  @Parameter(property = "logsense.repository", defaultValue = "${project.artifactId}")
  private String repository = "";

  /** The version that events of the program state. */
  @Parameter(property = "logsense.version", defaultValue = "${project.version}")
  private String version = "";

  /** The commit that is built; by default the one that is checked out, if git knows the project. */
  @Parameter(property = "logsense.commit")
  private @Nullable String commit;

  /** Writes nothing. */
  @Parameter(property = "logsense.skip", defaultValue = "false")
  private boolean skip;

  @Override
  public void execute() throws MojoExecutionException {
    Path root = root();
    List<Path> folders =
        sourceRoots.stream()
            .map(folder -> Path.of(folder).toAbsolutePath().normalize())
            .filter(Files::isDirectory)
            .filter(folder -> isIn(root, folder))
            .toList();
    if (skip || folders.isEmpty()) {
      getLog().info(skip ? "skipped" : "no source code");
      return;
    }
    Path output = outputDirectory.toPath().resolve(CodeIndexFile.RESOURCE);
    try (SourceTree tree = SourceTree.folders(root, folders)) {
      CodeIndexer indexer =
          CodeIndexer.standard().of(new CodeOrigin(repository, version, commit()));
      CodeIndex earlier = earlier(output);
      CodeIndexer.Result result =
          earlier == null ? indexer.index(tree) : indexer.index(tree, earlier);
      result.problems().forEach(getLog()::warn);
      write(result.index(), output);
      getLog()
          .info(
              "%d methods of %d files, %d of them read anew"
                  .formatted(
                      result.index().size(), result.files(), result.files() - result.reused()));
    } catch (IOException | LogSenseException e) {
      throw new MojoExecutionException("no index of the source code: " + e.getMessage(), e);
    }
  }

  /** What is made outside of the working tree, such as generated code, has no path in it. */
  private boolean isIn(Path root, Path folder) {
    boolean isIn = folder.startsWith(root);
    if (!isIn) {
      getLog().warn(folder + " is left out, because it is not in " + root);
    }
    return isIn;
  }

  /** Paths are told from the root of the working tree, as in its commits. */
  private Path root() {
    Path base = project.toPath().toAbsolutePath().normalize();
    for (Path folder = base; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return folder;
      }
    }
    return base;
  }

  private String commit() {
    if (commit != null) {
      return commit;
    }
    try (SourceTree head = SourceTree.git(project.toPath(), "HEAD")) {
      return head.origin().commit();
    } catch (LogSenseException e) {
      getLog().debug("no commit is known", e);
      return "";
    }
  }

  /** The index of the last build; null if there is none that can be read. */
  private @Nullable CodeIndex earlier(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return CodeIndexFile.read(in, file.toString());
    } catch (LogSenseException e) {
      getLog().debug("the earlier index is of no use", e);
      return null;
    }
  }

  /** Leaves a file with the same bytes alone, so that the jar need not be made again. */
  private static void write(CodeIndex index, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodeIndexFile.write(index, bytes);
    boolean isSame =
        Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes.toByteArray());
    if (!isSame) {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.toByteArray());
    }
  }
}
