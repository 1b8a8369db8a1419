package io.logsense.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.vector.VectorStore;

/**
 * One line to use what LangChain4j has with LogSense, and what LogSense has with LangChain4j.
 *
 * <p>Set the retries of LangChain4j's models to 0: whether to try again is LogSense's decision, and
 * each try is counted against a cap. Models that came from outside are not closed.
 */
public final class LangChain4j {
  private LangChain4j() {}

  /**
   * A chat model as a language model.
   *
   * @param id names model and provider, such as {@code openai/gpt-4.1-mini}; prices, caches and
   *     reports go by it
   */
  public static LanguageModel languageModel(String id, ChatModel model) {
    return new ChatLanguageModel(id, (request, answer) -> answer.complete(model.chat(request)));
  }

  /** A streaming chat model as a language model, which waits for the whole answer. */
  public static LanguageModel languageModel(String id, StreamingChatModel model) {
    return new ChatLanguageModel(
        id, (request, answer) -> model.chat(request, new WholeAnswer(answer)));
  }

  /** An embedding model as an embedder; {@code card} says what LangChain4j does not know of it. */
  public static Embedder embedder(ModelCard card, EmbeddingModel model) {
    return new ModelEmbedder(card, model);
  }

  /**
   * An embedding store as a vector store.
   *
   * <p>LangChain4j's stores cannot count or list: {@link VectorStore#size} and what {@link
   * VectorStore#remove} answers count what went through this object.
   *
   * @param modelId the model whose vectors it has
   * @param dimension components of each
   */
  public static VectorStore vectorStore(
      String modelId, int dimension, EmbeddingStore<TextSegment> store) {
    return new SegmentVectorStore(modelId, dimension, store);
  }

  /** A language model as a chat model: one system message and one of the user, no tools. */
  public static ChatModel chatModel(LanguageModel model) {
    return new LanguageChatModel(model);
  }

  /** An embedder as an embedding model. */
  public static EmbeddingModel embeddingModel(Embedder embedder) {
    return new EmbedderModel(embedder);
  }
}
