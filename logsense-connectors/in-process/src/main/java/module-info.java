/**
 * What the appenders of all logging libraries share: identity and counts where an event is logged.
 */
module io.logsense.inprocess {
  requires transitive io.logsense;
  requires static transitive org.jspecify;

  exports io.logsense.inprocess;
}
