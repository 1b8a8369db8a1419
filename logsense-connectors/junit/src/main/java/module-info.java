/** An extension of JUnit that counts what tests log and prints the problems. */
module io.logsense.junit {
  requires transitive io.logsense.inprocess;
  requires io.logsense.testkit;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;

  exports io.logsense.junit;

  uses io.logsense.inprocess.LogTap;

  provides org.junit.jupiter.api.extension.Extension with
      io.logsense.junit.LogSenseExtension;
}
