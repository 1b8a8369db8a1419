/** Sources of log systems that are asked over HTTP, in JSON. */
module io.logsense.rest {
  requires com.fasterxml.jackson.core;
  requires transitive io.logsense.api;
  requires java.net.http;
  requires static transitive org.jspecify;

  exports io.logsense.rest;

  provides io.logsense.api.source.LogSourceProvider with
      io.logsense.rest.DatadogProvider,
      io.logsense.rest.ElasticsearchProvider,
      io.logsense.rest.OpenSearchProvider;
}
