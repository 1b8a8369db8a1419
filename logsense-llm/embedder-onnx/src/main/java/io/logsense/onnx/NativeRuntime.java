package io.logsense.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.logsense.api.LogSenseException;
import java.util.Locale;
import java.util.Set;

/**
 * Loads ONNX Runtime's native library, and says what to do where that fails.
 *
 * <p>The library is unpacked to {@code java.io.tmpdir} and loaded from there, once per JVM. No type
 * of ONNX Runtime but the loaded one is named here, so that the message comes even without its jar.
 */
final class NativeRuntime {
  private static final String JAR = "com.microsoft.onnxruntime:onnxruntime:1.29.0";
  private static final Set<String> PLATFORMS =
      Set.of("linux x64", "linux arm64", "macos arm64", "windows x64");
  private static final String SUPPORTED =
      "it comes for Linux with glibc 2.28 or newer (x64, arm64), macOS (arm64) and Windows (x64)";
  private static final String INSTEAD =
      "; run there, or without native code on the embedder of logsense-core";

  private NativeRuntime() {}

  /**
   * The environment of this JVM.
   *
   * @throws LogSenseException (usage) when the native library cannot be loaded
   */
  static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError | RuntimeException e) {
      throw refusal(e);
    }
  }

  /** What to tell about a failure to load. */
  static LogSenseException refusal(Throwable failure) {
    String reason =
        reason(
            said(failure),
            platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")),
            System.getProperty("java.io.tmpdir", ""));
    return new LogSenseException(
        LogSenseException.Category.USAGE, "ONNX Runtime cannot be loaded: " + reason, failure);
  }

  /**
   * The reason and the next step.
   *
   * @param said all that the failure said
   * @param platform operating system and processor, as {@link #platform} writes them
   * @param directory where the native library is unpacked
   */
  static String reason(String said, String platform, String directory) {
    if (said.contains("NoClassDefFoundError: ai/onnxruntime/OrtEnvironment")) {
      return "its jar is not on the class path; add " + JAR;
    }
    if (said.contains("Unsupported arch") || !PLATFORMS.contains(platform)) {
      return "this is " + platform + ", but " + SUPPORTED + INSTEAD;
    }
    if (said.contains("Error loading shared library") || said.contains("Error relocating")) {
      return "this Linux has musl instead of glibc, as Alpine has, but " + SUPPORTED + INSTEAD;
    }
    if (said.contains("GLIBC")) {
      return "this Linux has an older C or C++ library, but " + SUPPORTED + INSTEAD;
    }
    if (said.contains("failed to map segment") || said.contains("Operation not permitted")) {
      return directory
          + " is mounted without permission to execute (noexec); name another directory with"
          + " -Djava.io.tmpdir=DIRECTORY";
    }
    if (said.contains("no onnxruntime in java.library.path")
        || said.contains("Failed to load onnx-runtime library")) {
      return "its library, of about 30 MB, cannot be unpacked into "
          + directory
          + "; make room there, or name another directory with -Djava.io.tmpdir=DIRECTORY";
    }
    return said + "; " + SUPPORTED + INSTEAD;
  }

  /** Such as {@code linux x64}. */
  static String platform(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    String family =
        name.startsWith("linux")
            ? "linux"
            : name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : name;
    String architecture =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
    return family + " " + architecture;
  }

  private static String said(Throwable failure) {
    StringBuilder all = new StringBuilder();
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 8; t = t.getCause(), depth++) {
      all.append(depth == 0 ? "" : "; ").append(t);
    }
    return all.toString();
  }
}
