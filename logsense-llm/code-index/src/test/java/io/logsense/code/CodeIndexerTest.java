package io.logsense.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.code.CodeIndexer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeIndexerTest {
  private static final String SOURCE = "package a;\nclass %s {\n  void run() {}\n}\n";

  @TempDir Path folder;

  @Test
  void aFolderIsIndexedWithoutWhatBuildsWrote() throws IOException {
    write("src/a/One.java", "One");
    write("src/a/build/Two.java", "Two");
    write("target/generated/a/Three.java", "Three");
    write(".cache/a/Four.java", "Four");
    Files.createSymbolicLink(folder.resolve("src/loop"), folder);
    Result result = index(SourceTree.folder(folder));
    assertThat(result.problems()).isEmpty();
    assertThat(result.index().in("src/a/One.java"))
        .extracting(CodeBlock::symbol)
        .containsExactly("a.One#run/0");
    assertThat(result.files()).isEqualTo(2);
  }

  @Test
  void foldersAreIndexedByTheirPathsFromTheRoot() throws IOException {
    write("src/a/One.java", "One");
    write("target/generated/a/Two.java", "Two");
    write("other/a/Three.java", "Three");
    Path sources = folder.resolve("src");
    List<Path> folders = List.of(sources, sources.resolve("a"), folder.resolve("target/generated"));
    try (SourceTree tree = SourceTree.folders(folder, folders)) {
      assertThat(tree.list(path -> true))
          .extracting(SourceTree.Entry::path)
          .containsExactly("src/a/One.java", "target/generated/a/Two.java");
    }
    assertThatThrownBy(() -> SourceTree.folders(sources, List.of(folder)))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("is no directory in");
  }

  @Test
  void aFileThatIsTooLargeOrBrokenIsNamedAndTheOthersAreRead() throws IOException {
    write("src/a/One.java", "One");
    Files.write(folder.resolve("src/a/Huge.java"), new byte[SourceTree.MOST_FILE_BYTES + 1]);
    Files.writeString(folder.resolve("src/a/Broken.java"), "class {");
    Result result = index(SourceTree.folder(folder));
    assertThat(result.problems())
        .hasSize(2)
        .anyMatch(p -> p.contains("Huge"))
        .anyMatch(p -> p.contains("Broken"));
    assertThat(result.index().size()).isEqualTo(1);
  }

  @Test
  void onlyFilesThatChangedAreParsedAgain() throws IOException {
    write("src/a/One.java", "One");
    write("src/a/Two.java", "Two");
    CodeIndex first = index(SourceTree.folder(folder)).index();
    Files.writeString(folder.resolve("src/a/Two.java"), "package a; class Two { void walk() {} }");
    write("src/a/Three.java", "Three");
    Result second = CodeIndexer.standard().index(SourceTree.folder(folder), first);
    assertThat(second.reused()).isEqualTo(1);
    CodeIndex fresh = index(SourceTree.folder(folder)).index();
    for (String name : List.of("One", "Two", "Three")) {
      String path = "src/a/" + name + ".java";
      assertThat(second.index().in(path)).isNotEmpty().isEqualTo(fresh.in(path));
    }
  }

  @Test
  void aCommitIsIndexedWithoutACheckout() throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      write("src/a/One.java", "One");
      String first = commit(git, "one");
      git.tag().setName("v1").call();
      write("src/a/Two.java", "Two");
      commit(git, "two");
      Files.delete(folder.resolve("src/a/One.java"));
      try (SourceTree tree = SourceTree.git(folder, "v1")) {
        CodeIndex index = index(tree).index();
        assertThat(index.origin().commit()).isEqualTo(first);
        assertThat(index.origin().version()).isEqualTo("v1");
        assertThat(index.named("a.One#run/0")).hasSize(1);
        History history = tree.history().orElseThrow();
        assertThat(history.lastChange("src/a/One.java", 1, 4)).contains(history.newest());
        assertThat(history.lastChange("src/a/Two.java", 1, 4)).isEmpty();
        assertThat(index.named("a.Two#run/0")).isEmpty();
      }
      try (SourceTree bare = SourceTree.git(folder.resolve(".git"), "HEAD")) {
        assertThat(index(bare).index().size()).isEqualTo(2);
      }
      assertThatThrownBy(() -> SourceTree.git(folder, "v2"))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("has no commit 'v2'");
    }
  }

  @Test
  void aFolderAndACommitOfTheSameFilesShareTheirContentIds() throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      write("src/a/One.java", "One");
      commit(git, "one");
      CodeIndex ofFolder = index(SourceTree.folder(folder)).index();
      try (SourceTree tree = SourceTree.git(folder, "HEAD")) {
        assertThat(CodeIndexer.standard().index(tree, ofFolder).reused()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsNoRepositoryIsRefusedWithTheReason() {
    assertThatThrownBy(() -> SourceTree.folder(folder.resolve("none")))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("is no directory");
  }

  @Test
  void aFileOutsideTheFolderIsNotRead() throws IOException {
    Files.createDirectories(folder.resolve("inside"));
    Files.writeString(folder.resolve("secret"), "s");
    try (SourceTree tree = SourceTree.folder(folder.resolve("inside"))) {
      assertThat(tree.read("../secret")).isEmpty();
    }
  }

  private static Result index(SourceTree tree) throws IOException {
    return CodeIndexer.standard().index(tree);
  }

  private static String commit(Git git, String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    PersonIdent who = new PersonIdent("a", "a@example.com");
    return git.commit()
        .setMessage(message)
        .setAuthor(who)
        .setCommitter(who)
        .setSign(false)
        .call()
        .name();
  }

  private void write(String path, String type) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, SOURCE.formatted(type).getBytes(UTF_8));
  }
}
