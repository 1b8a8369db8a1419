package io.logsense.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.Sources;
import io.logsense.Stores;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is said of a scheme whose connector is missing, beside the connectors there are. */
class SchemesTest {
  @Test
  void aMissingSourceIsNamedByItsArtifact() {
    assertNamed(LogSourceProvider.class, LogSourceProvider::scheme, Sources::of);
  }

  @Test
  void aMissingStoreIsNamedByItsArtifact() {
    assertNamed(LogStoreProvider.class, LogStoreProvider::scheme, Stores::of);
  }

  private static <P> void assertNamed(
      Class<P> type, Function<P, String> schemeOf, Consumer<URI> open) {
    ServiceLoader<P> providers = ServiceLoader.load(type);
    assertThat(providers).isNotEmpty();
    for (P provider : providers) {
      String resource = provider.getClass().getName().replace('.', '/') + ".class";
      String jar = ShippedJars.jarWith(resource).getFileName().toString();
      URI uri = URI.create(schemeOf.apply(provider) + "://host");
      assertThatThrownBy(() -> withoutConnectors(() -> open.accept(uri)))
          .hasMessageContaining("io.logsense:" + jar.replaceFirst("-[0-9].*", ""));
    }
  }

  private static void withoutConnectors(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader all = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(all);
    }
  }
}
