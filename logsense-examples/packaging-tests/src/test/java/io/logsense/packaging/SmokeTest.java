package io.logsense.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small program of somebody else, compiled and run against nothing but the jars. */
class SmokeTest {
  private static final String PROGRAM =
      """
      package shop;

      import io.logsense.LogSense;
      import java.nio.file.Path;

      public class Program {
        public static void main(String[] arguments) {
          System.out.println(LogSense.analyze(Path.of(arguments[0])).records() + " records");
        }
      }
      """;
  private static final String EMBEDDING_PROGRAM =
      """
      package shop;

      import io.logsense.api.embed.Embedder;
      import io.logsense.onnx.OnnxEmbedder;
      import java.util.List;

      public class Program {
        public static void main(String[] arguments) {
          try (Embedder embedder = OnnxEmbedder.miniLm()) {
            System.out.println(embedder.embed(List.of("text"))[0].length + " dimensions");
          }
        }
      }
      """;
  private static final String SEARCHING_PROGRAM =
      """
      package shop;

      import io.logsense.VectorStores;
      import io.logsense.api.vector.VectorQuery;

      public class Program {
        public static void main(String[] arguments) {
          System.out.println(
              VectorStores.hnsw("model", 3).search(VectorQuery.near(new float[] {1, 2, 3})).size() + " matches");
        }
      }
      """;
  private static final String MODULE = "module shop { requires io.logsense; }";

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void writeALog() throws IOException {
    log = directory.resolve("app.log");
    Files.writeString(
        log,
        """
        2026-11-21 10:00:00,000 ERROR [main] shop.Cart - no price for item 4711
        2026-11-21 10:00:01,000 ERROR [main] shop.Cart - no price for item 4712
        """);
  }

  @Test
  void theJarsWorkOnTheClassPath() throws Exception {
    Path classes = compiled(null, "Program", PROGRAM);
    assertThat(
            run("-cp", path(ShippedJars.runtime()) + File.pathSeparator + classes, "shop.Program"))
        .contains("2 records");
  }

  @Test
  void theJarsWorkOnTheModulePath() throws Exception {
    Path classes = compiled(MODULE, "Program", PROGRAM);
    assertThat(
            run(
                "--module-path",
                path(ShippedJars.runtime()) + File.pathSeparator + classes,
                "--module",
                "shop/shop.Program"))
        .contains("2 records");
  }

  @Test
  void theOnnxEmbedderWorksOnTheModulePath() throws Exception {
    Path classes =
        compiled("module shop { requires io.logsense.onnx; }", "Program", EMBEDDING_PROGRAM);
    List<Path> jars = new ArrayList<>(ShippedJars.onnxRuntime());
    jars.add(ShippedJars.jarWith("all-minilm-l6-v2-q.onnx"));
    jars.add(classes);
    assertThat(run("--module-path", path(jars), "--module", "shop/shop.Program"))
        .contains("384 dimensions");
  }

  /** FloatVector is initialised, and loads this class, for those only who may read its module. */
  @Test
  void theVectorApiIsReachedFromTheModule() throws Exception {
    Path classes = compiled(MODULE, "Program", SEARCHING_PROGRAM);
    assertThat(
            run(
                "--add-modules",
                "jdk.incubator.vector",
                "-Xlog:class+load",
                "--module-path",
                path(ShippedJars.runtime()) + File.pathSeparator + classes,
                "--module",
                "shop/shop.Program"))
        .contains("0 matches", "jdk.incubator.vector.Float256Vector ");
  }

  @Test
  void aModuleCannotReachWhatIsInternal() throws IOException {
    String intruder =
        "package shop; class Intruder { io.logsense.internal.source.FileSource source; }";
    assertThat(compile(MODULE, "Intruder", intruder))
        .contains("io.logsense.internal.source")
        .contains("does not export it");
  }

  private Path compiled(String module, String name, String source) throws IOException {
    assertThat(compile(module, name, source)).isEmpty();
    return directory.resolve("classes");
  }

  /** The compiler's complaints. */
  private String compile(String module, String name, String source) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("sources"));
    Path file = Files.writeString(sources.resolve(name + ".java"), source);
    List<Path> files = List.of(file);
    if (module != null) {
      files = List.of(file, Files.writeString(sources.resolve("module-info.java"), module));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, UTF_8)) {
      String classes = Files.createDirectories(directory.resolve("classes")).toString();
      String jars = path(ShippedJars.compileTime());
      List<String> options =
          module == null
              ? List.of("-d", classes, "--class-path", jars)
              : List.of("-d", classes, "--class-path", classes, "--module-path", jars);
      compiler
          .getTask(
              complaints, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
    return complaints.toString();
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.command().addAll(List.of(arguments));
    java.command().add(log.toString());
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String path(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
