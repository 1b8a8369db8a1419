package io.logsense.code;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionsTest {
  private static final StackFrame LINE_3 = new StackFrame("a.One", "run", "One.java", 3);

  @TempDir Path folder;
  private String first = "";
  private CodeVersions versions;

  /** Line 3 is in another method of the same name at each of two commits. */
  @BeforeEach
  void commits() throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      first = commit(git, "package a;\nclass One {\nvoid run() {}\nvoid run(int a) {}\n}\n");
      git.tag().setName("1.0").call();
      commit(git, "package a;\nclass One {\nvoid run(int a) {}\nvoid run() {}\n}\n");
      git.tag().setName("v1.1").call();
    }
    versions = CodeVersions.of(folder, CodeIndexer.standard());
  }

  @Test
  void anEventFindsTheCodeOfTheCommitOrVersionThatItStates() throws IOException {
    assertThat(symbol(event("", first))).isEqualTo("a.One#run/0");
    assertThat(symbol(event("1.0", ""))).isEqualTo("a.One#run/0");
    assertThat(symbol(event("1.1", ""))).isEqualTo("a.One#run/1");
    assertThat(symbol(event("1.1", first.substring(0, 8)))).isEqualTo("a.One#run/0");
    CodeIndex index = versions.of(event("1.0", "")).orElseThrow();
    assertThat(index.origin().version()).isEqualTo("1.0");
    assertThat(index.origin().commit()).isEqualTo(first);
    assertThat(versions.of(event("1.0", ""))).containsSame(index);
    assertThat(versions.at("v1.1").find(LINE_3)).get().matches(block -> block.arity() == 1);
  }

  @Test
  void whatAnEventSaysIsANameAndNoSearchInTheHistory() throws IOException {
    for (String version :
        new String[] {"", "2.0", "HEAD", "../heads/master", "HEAD~1", ":/one", "@{1}"}) {
      assertThat(versions.of(event(version, ""))).as(version).isEmpty();
    }
    assertThat(versions.of(event("", "HEAD"))).isEmpty();
    assertThat(versions.of(event("", "0123456789012345678901234567890123456789"))).isEmpty();
    assertThatThrownBy(() -> versions.at("v2")).isInstanceOf(LogSenseException.class);
  }

  @Test
  void whatNamesSeveralObjectsOrNoCommitIsUnknown() throws IOException, GitAPIException {
    try (Git git = Git.open(folder.toFile());
        ObjectInserter objects = git.getRepository().newObjectInserter()) {
      String prefix = shared(objects);
      assertThat(symbol(event("1.0", prefix))).isEqualTo("a.One#run/0");
      assertThat(versions.of(event("", prefix))).isEmpty();

      ObjectId tree = git.getRepository().resolve(first + "^{tree}");
      RefUpdate tag = git.getRepository().updateRef("refs/tags/2.0");
      tag.setNewObjectId(tree);
      tag.update();
      assertThat(versions.of(event("2.0", ""))).isEmpty();
      assertThat(symbol(event("1.0", tree.name()))).isEqualTo("a.One#run/0");
    }
  }

  /** Makes two objects whose names begin alike, and tells with which digits. */
  private static String shared(ObjectInserter objects) throws IOException {
    Map<String, byte[]> seen = new HashMap<>();
    for (int i = 0; ; i++) {
      byte[] content = Integer.toString(i).getBytes(US_ASCII);
      String prefix = objects.idFor(Constants.OBJ_BLOB, content).name().substring(0, 7);
      byte[] other = seen.put(prefix, content);
      if (other != null) {
        objects.insert(Constants.OBJ_BLOB, other);
        objects.insert(Constants.OBJ_BLOB, content);
        objects.flush();
        return prefix;
      }
    }
  }

  @Test
  void commitsComeBeforeTagsAndEachIsThereOnce() {
    assertThat(CodeVersions.revisions("1.0", "unknown", first, "", first))
        .containsExactly(first, "refs/tags/1.0", "refs/tags/v1.0");
    assertThat(CodeVersions.revisions("", "HEAD")).isEmpty();
    List<String> named = CodeVersions.revisions("1.1", "0123456789");
    assertThat(SourceTree.firstOf(folder, named).orElseThrow().origin().version())
        .isEqualTo("refs/tags/v1.1");
  }

  @Test
  void aFolderWithoutHistoryIsRefusedAtOnce(@TempDir Path other) {
    assertThatThrownBy(() -> CodeVersions.of(other, CodeIndexer.standard()))
        .isInstanceOf(LogSenseException.class);
  }

  private String symbol(LogEvent event) throws IOException {
    return versions.of(event).orElseThrow().find(LINE_3).map(CodeBlock::symbol).orElse("none");
  }

  private static LogEvent event(String version, String commit) {
    return LogEvent.builder().message("failed").version(version).commit(commit).build();
  }

  private String commit(Git git, String source) throws IOException, GitAPIException {
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/One.java"), source);
    git.add().addFilepattern(".").call();
    PersonIdent person = new PersonIdent("one", "one@example.com");
    return git.commit()
        .setMessage("one")
        .setAuthor(person)
        .setCommitter(person)
        .setSign(false)
        .call()
        .getName();
  }
}
