/** The engine: from sources to groups, with every default that needs no third-party service. */
module io.logsense {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires transitive io.logsense.api;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.logsense;

  uses io.logsense.api.embed.EmbedderProvider;
  uses io.logsense.api.recipe.Recipe;
  uses io.logsense.api.source.LogSourceProvider;
  uses io.logsense.api.store.LogStoreProvider;
}
