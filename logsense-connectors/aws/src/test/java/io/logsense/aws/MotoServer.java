package io.logsense.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** AWS as moto emulates it: Debian's package, or unpacked from it. */
final class MotoServer {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String PACKAGES = "moto/usr/lib/python3/dist-packages";

  private MotoServer() {}

  /** Starts it; skips the test where it is not installed. */
  static ServerProcess start() throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("PYTHONPATH", ServerProcess.DIRECTORY.resolve(PACKAGES).toString());
    assumeTrue(
        PYTHON.toFile().canExecute()
            && ServerProcess.succeeds(environment, PYTHON.toString(), "-c", "import moto.server"),
        "install python3-moto, or unpack it into " + ServerProcess.DIRECTORY + "/moto");
    return ServerProcess.start(
        environment,
        port ->
            new String[] {
              PYTHON.toString(), "-m", "moto.server", "-H", "127.0.0.1", "-p", String.valueOf(port)
            });
  }
}
