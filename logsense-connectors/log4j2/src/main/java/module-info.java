/** An appender of Log4j2 that identifies, counts and reduces what goes through it. */
@SuppressWarnings("module") // ends with a digit, as the name of the library does
module io.logsense.log4j2 {
  requires transitive io.logsense.inprocess;
  requires java.desktop; // the listeners of Log4j2's contexts
  requires static transitive org.jspecify;
  requires transitive org.apache.logging.log4j;
  requires transitive org.apache.logging.log4j.core;

  exports io.logsense.log4j2;

  // It fills the builder of a plugin by reflection.
  opens io.logsense.log4j2 to
      org.apache.logging.log4j.core;

  provides io.logsense.inprocess.LogTap with
      io.logsense.log4j2.Log4jTap;
}
