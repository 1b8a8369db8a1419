package io.logsense.api.embed;

/**
 * A named way to an embedder, found by {@link java.util.ServiceLoader}. Implemented by plugins;
 * making a provider costs nothing, {@link #open()} may load a model.
 */
public interface EmbedderProvider {
  /** The name users choose by, such as {@code minilm}; lower case, digits and dashes. */
  String name();

  /**
   * A new embedder, which the caller closes.
   *
   * @throws io.logsense.api.LogSenseException (usage) when the model's artifact is missing or the
   *     platform is not supported; the message says what to add or to use instead
   */
  Embedder open();
}
