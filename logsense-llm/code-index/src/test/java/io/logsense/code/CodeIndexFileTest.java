package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.api.event.StackFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeIndexFileTest {
  private static final String SOURCE =
      """
      package a;
      class One {
        /** Says it: \u00e4\ud83d\ude00. */
        String run(int... b) {
          list.forEach(this::go);
          throw new IllegalStateException("no such thing here");
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    CodeIndex index = index();
    byte[] bytes = bytes(index);
    CodeIndex read = CodeIndexFile.read(new ByteArrayInputStream(bytes), "it");
    assertThat(read.origin()).isEqualTo(index.origin());
    assertThat(read.in("src/a/One.java")).hasSize(1).isEqualTo(index.in("src/a/One.java"));
    assertThat(bytes(read)).isEqualTo(bytes);
  }

  @Test
  void everyCutAndEveryChangedByteIsRefusedOrHarmless() throws IOException {
    byte[] bytes = bytes(index());
    for (int i = 0; i < bytes.length; i++) {
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> CodeIndexFile.read(new ByteArrayInputStream(cut), "it"))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("it is");
      byte[] changed = bytes.clone();
      changed[i] ^= 0x41;
      assertThatThrownBy(() -> CodeIndexFile.read(new ByteArrayInputStream(changed), "it"))
          .as("byte %d", i)
          .isInstanceOf(LogSenseException.class);
    }
  }

  @Test
  void noiseBehindAValidChecksumIsRefused() throws IOException {
    Random random = new Random(7);
    byte[] bytes = bytes(index());
    for (int i = 0; i < 300; i++) {
      byte[] noise = CodeIndexFile.pack(random.ints(200).mapToObj(n -> (byte) n).collect(NOISE));
      assertThat(noise).isNotEqualTo(bytes);
      try {
        assertThat(CodeIndexFile.read(new ByteArrayInputStream(noise), "it")).isNotNull();
      } catch (LogSenseException e) {
        assertThat(e).hasMessageContaining("is damaged");
      }
    }
  }

  @Test
  void aSmallFileThatStatesALargeBodyIsRefusedBeforeItTakesMemory() throws IOException {
    byte[] zeros = CodeIndexFile.pack(textsOfNothing(1 << 26));
    assertThat(zeros).hasSizeLessThan(1 << 17);
    assertRefused(zeros, 1 << 20, "bytes hold no " + (1 << 26));

    byte[] many = CodeIndexFile.pack(textsOfNothing(1 << 20));
    assertRefused(many, 4 << 20, "is damaged");

    byte[] cut = CodeIndexFile.pack(new byte[] {0, 0, 0, 0, 0});
    ByteBuffer.wrap(cut).putInt(5, 1 << 20);
    assertRefused(cut, 1 << 20, "is damaged");
  }

  /** A body of no origin that says all that follows are texts, each of which is empty. */
  private static byte[] textsOfNothing(int length) {
    byte[] body = new byte[length];
    IndexBytes count = new IndexBytes(new byte[8]);
    count.number(length - 16);
    System.arraycopy(count.written(), 0, body, 3, count.written().length);
    return body;
  }

  private static void assertRefused(byte[] file, long mostBytes, String why) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> CodeIndexFile.read(new ByteArrayInputStream(file), "it"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining(why);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(mostBytes);
  }

  private static final java.util.stream.Collector<Byte, ?, byte[]> NOISE =
      java.util.stream.Collector.of(
          ByteArrayOutputStream::new,
          (ByteArrayOutputStream out, Byte b) -> out.write(b),
          (a, b) -> a,
          ByteArrayOutputStream::toByteArray);

  @Test
  void aProgramFindsTheIndexesOfAllItsJarsAsOne() throws IOException {
    URL one = jar("One", "1.4");
    URL two = jar("Two", "2.0");
    try (URLClassLoader none = new URLClassLoader(new URL[0], null);
        URLClassLoader single = new URLClassLoader(new URL[] {one}, null);
        URLClassLoader both = new URLClassLoader(new URL[] {one, two}, null)) {
      assertThat(CodeIndexFile.onClassPath(none)).isEmpty();
      CodeIndex own = CodeIndexFile.onClassPath(single).orElseThrow();
      assertThat(own.origin()).isEqualTo(new CodeOrigin("One", "1.4", ""));

      CodeIndex all = CodeIndexFile.onClassPath(both).orElseThrow();
      assertThat(all.size()).isEqualTo(2);
      assertThat(all.origin()).isEqualTo(CodeOrigin.UNKNOWN);
      assertThat(all.named("a.One#run/1")).isEqualTo(own.named("a.One#run/1"));
      assertThat(all.find(new StackFrame("a.Two", "run", "Two.java", 5)))
          .get()
          .extracting(CodeBlock::symbol, block -> block.origin().version())
          .containsExactly("a.Two#run/1", "2.0");
      assertThatThrownBy(() -> bytes(all)).hasMessageContaining("write that of each");
    }
  }

  private URL jar(String type, String version) throws IOException {
    Path source = Files.createDirectories(folder.resolve(type).resolve("a"));
    Files.writeString(source.resolve(type + ".java"), SOURCE.replace("One", type));
    Path jar = folder.resolve(type + ".jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
    List<String> arguments = List.of(folder.resolve(type).toString(), jar.toString(), version);
    assertThat(CodeIndexMain.run(arguments)).isZero();
    return jar.toUri().toURL();
  }

  @Test
  void theMainSaysWhatIsWrongByItsExitCode() {
    assertThat(CodeIndexMain.run(List.of("one"))).isEqualTo(2);
    assertThat(CodeIndexMain.run(List.of(folder.resolve("none").toString(), "out"))).isEqualTo(2);
    String nowhere = folder.resolve("no/such/file").toString();
    assertThat(CodeIndexMain.run(List.of(folder.toString(), nowhere))).isEqualTo(3);
  }

  private static CodeIndex index() throws IOException {
    return CodeIndexer.standard().index(new MemoryTree().with("src/a/One.java", SOURCE)).index();
  }

  private static byte[] bytes(CodeIndex index) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream closed = out) {
      CodeIndexFile.write(index, closed);
    }
    return out.toByteArray();
  }
}
