package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.logsense.Sources;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.LogStoreProvider;
import io.logsense.testkit.InMemoryLogStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs and stores of connectors; the schemes are the test's. */
class ConnectorsTest {
  /** Has as many lines as its URI says. */
  public static final class Source implements LogSourceProvider {
    @Override
    public String scheme() {
      return "lines";
    }

    @Override
    public LogSource open(URI uri, boolean follow) {
      String line = "2026-05-01 10:00:00,000 ERROR [main] com.shop.Stock - out of stock";
      return Sources.lines((line + "\n").repeat(Integer.parseInt(uri.getHost())).split("\n"));
    }
  }

  /** The same store for the same URI; closing it does nothing. */
  public static final class Store implements LogStoreProvider {
    static final Map<URI, InMemoryLogStore> STORES = new ConcurrentHashMap<>();

    @Override
    public String scheme() {
      return "memory";
    }

    @Override
    public LogStore open(URI uri) {
      LogStore store = STORES.computeIfAbsent(uri, name -> new InMemoryLogStore());
      return (LogStore)
          java.lang.reflect.Proxy.newProxyInstance(
              LogStore.class.getClassLoader(),
              new Class<?>[] {LogStore.class},
              (proxy, method, arguments) ->
                  method.getName().equals("close") ? null : method.invoke(store, arguments));
    }
  }

  @TempDir Path folder;

  private Run analyze(String... more) {
    String[] args = new String[more.length + 1];
    args[0] = "analyze";
    System.arraycopy(more, 0, args, 1, more.length);
    return Run.of(folder.resolve("home"), args);
  }

  @Test
  void anInputMayBeTheUriOfAConnector() throws IOException {
    JsonNode json = analyze("--json", "lines://7").json();

    assertThat(json.get("records").asLong()).isEqualTo(7);
    assertThat(analyze("nothing://here").err())
        .contains("no source for 'nothing'")
        .contains("logsense-nothing");
    assertThat(analyze("nothing://here").code()).isEqualTo(2);
  }

  @Test
  void aStoreIsTheHistory() throws IOException {
    Path log = Files.copy(Path.of(Run.sample()), folder.resolve("app.log"));
    String uri = "memory:" + folder.getFileName();
    JsonNode first = analyze("--json", "--store", uri, log.toString()).json();
    InMemoryLogStore store = Store.STORES.get(URI.create(uri));
    long events = first.get("events").asLong();
    assertThat(store.count(EventQuery.all())).isEqualTo(events);
    assertThat(store.countByGroup(EventQuery.all())).hasSize(first.get("groups").size());

    JsonNode second = analyze("--json", "--store", uri, log.toString()).json();
    assertThat(store.count(EventQuery.all())).isEqualTo(events);
    assertThat(second.get("groups")).noneMatch(group -> group.get("new").asBoolean());

    Files.writeString(
        log,
        "2026-11-21T10:02:07.000Z ERROR 4711 --- [shop] [           main] com.shop.Ship     "
            + "                       : the ship of theseus sank\n",
        StandardOpenOption.APPEND);
    JsonNode third = analyze("--json", "--store", uri, log.toString()).json();
    assertThat(third.get("groups")).filteredOn(group -> group.get("new").asBoolean()).hasSize(1);
    assertThat(store.count(EventQuery.all())).isGreaterThan(events);
  }

  @Test
  void aStoreThatCannotBeIsRefused() {
    assertThat(analyze("--store", "x.txt", Run.sample()).err()).contains("ends in .duckdb");
    assertThat(analyze("--store", "postgres://h/d", Run.sample()).err())
        .contains("logsense-postgres");
    assertThat(analyze("--store", "memory:x", "--previous", Run.sample(), Run.sample()).err())
        .contains("--previous and --store");
  }
}
