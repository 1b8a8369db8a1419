/** The words of LogSense and the interfaces that plugins implement; needs the JDK only. */
module io.logsense.api {
  requires static transitive org.jspecify;

  exports io.logsense.api;
  exports io.logsense.api.alert;
  exports io.logsense.api.analysis;
  exports io.logsense.api.anomaly;
  exports io.logsense.api.cluster;
  exports io.logsense.api.code;
  exports io.logsense.api.embed;
  exports io.logsense.api.event;
  exports io.logsense.api.finding;
  exports io.logsense.api.fingerprint;
  exports io.logsense.api.group;
  exports io.logsense.api.llm;
  exports io.logsense.api.mask;
  exports io.logsense.api.parse;
  exports io.logsense.api.purge;
  exports io.logsense.api.recipe;
  exports io.logsense.api.source;
  exports io.logsense.api.stack;
  exports io.logsense.api.store;
  exports io.logsense.api.telemetry;
  exports io.logsense.api.template;
  exports io.logsense.api.triage;
  exports io.logsense.api.vector;
}
