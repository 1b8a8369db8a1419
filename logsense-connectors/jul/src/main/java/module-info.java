/** A handler of java.util.logging that identifies, counts and reduces what goes through it. */
module io.logsense.jul {
  requires transitive io.logsense.inprocess;
  requires transitive java.logging;
  requires static transitive org.jspecify;

  exports io.logsense.jul;

  provides io.logsense.inprocess.LogTap with
      io.logsense.jul.JulTap;
}
