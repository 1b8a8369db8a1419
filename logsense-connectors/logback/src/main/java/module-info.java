/** An appender of Logback that identifies, counts and reduces what goes through it. */
module io.logsense.logback {
  requires transitive ch.qos.logback.classic;
  requires transitive ch.qos.logback.core;
  requires transitive io.logsense.inprocess;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.logsense.logback;

  provides io.logsense.inprocess.LogTap with
      io.logsense.logback.LogbackTap;
}
