package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.EmbedderProvider;
import io.logsense.internal.embed.HashedEmbedder;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Embedders: from texts to vectors. */
public final class Embedders {
  private static final String HASHED = "hashed";

  private Embedders() {}

  /**
   * The default: hashed words, pieces of words and concepts of logs, 512 numbers, plain Java
   * without a model file. For texts in English; several 100,000 of them per second and core.
   */
  public static Embedder hashed() {
    return new HashedEmbedder();
  }

  /** A cache of 64 MiB and 7 days in front of {@code embedder}. */
  public static EmbeddingCache cached(Embedder embedder) {
    return EmbeddingCache.builder(embedder).build();
  }

  /**
   * The embedder of that name: {@code hashed}, or one that an artifact on the class or module path
   * provides. The caller closes it.
   *
   * @throws LogSenseException (usage) when no provider has that name; the message lists the names
   */
  public static Embedder named(String name) {
    SortedMap<String, EmbedderProvider> providers = providers();
    EmbedderProvider provider = providers.get(name);
    if (provider == null) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "no embedder is named '"
              + name
              + "'; there are "
              + String.join(", ", providers.keySet()));
    }
    return provider.open();
  }

  /** The ways to an embedder, by name: the default and those found by {@link ServiceLoader}. */
  public static SortedMap<String, EmbedderProvider> providers() {
    SortedMap<String, EmbedderProvider> providers = new TreeMap<>();
    for (EmbedderProvider provider : ServiceLoader.load(EmbedderProvider.class)) {
      providers.putIfAbsent(provider.name(), provider);
    }
    providers.put(HASHED, new HashedProvider());
    return providers;
  }

  private static final class HashedProvider implements EmbedderProvider {
    @Override
    public String name() {
      return HASHED;
    }

    @Override
    public Embedder open() {
      return hashed();
    }
  }
}
