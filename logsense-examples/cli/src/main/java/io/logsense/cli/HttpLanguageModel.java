package io.logsense.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A model behind the chat completions of OpenAI, which Ollama, vLLM and llama.cpp speak as well.
 * For other protocols there is {@code logsense-langchain4j}; the command is small without it.
 */
final class HttpLanguageModel implements LanguageModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_WORDS = 300;

  private final String provider;
  private final String name;
  private final URI completions;
  private final String key;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * A model.
   *
   * @param base where the server's version begins, such as {@code http://localhost:11434/v1}
   * @param key sent as a bearer token; empty for none
   */
  HttpLanguageModel(String provider, String name, URI base, String key) {
    this.provider = provider;
    this.name = name;
    this.completions = URI.create(base.toString().replaceAll("/+$", "") + "/chat/completions");
    this.key = key;
  }

  @Override
  public String modelId() {
    return provider + "/" + name;
  }

  private record Answer(int status, String body) {}

  @Override
  public Completion complete(Prompt prompt) throws InterruptedException {
    CompletableFuture<Answer> coming =
        client
            .sendAsync(request(prompt), HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(HttpLanguageModel::read);
    try {
      Answer answer = coming.get(prompt.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return completion(answer);
    } catch (TimeoutException e) {
      throw failure(Category.TRANSIENT, "did not answer within " + prompt.timeout());
    } catch (ExecutionException e) {
      throw failure(Category.TRANSIENT, "cannot be asked at " + completions + ": " + e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES);
      return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest request(Prompt prompt) {
    ObjectNode body = JSON.createObjectNode().put("model", name).put("stream", false);
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    messages.addObject().put("role", "user").put("content", prompt.user());
    // OpenAI's newer models refuse the name that all other servers know.
    String most = provider.equals("openai") ? "max_completion_tokens" : "max_tokens";
    body.put(most, prompt.maxOutputTokens());
    try {
      if (prompt.schema() != null) {
        ObjectNode format = body.putObject("response_format").put("type", "json_schema");
        ObjectNode schema = format.putObject("json_schema").put("name", "answer");
        schema.set("schema", JSON.readTree(prompt.schema()));
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(completions)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      return (key.isEmpty() ? request : request.header("Authorization", "Bearer " + key)).build();
    } catch (JsonProcessingException e) {
      throw new LogSenseException(Category.DEFECT, "a prompt is no JSON", e);
    }
  }

  private Completion completion(Answer answer) {
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      json = JSON.createObjectNode();
    }
    if (answer.status() != 200) {
      throw refused(answer.status(), json.path("error").path("message").asText());
    }
    JsonNode choice = json.path("choices").path(0);
    if (choice.isMissingNode()) {
      throw failure(Category.EXTERNAL, "gave no answer; is " + completions + " the right address?");
    }
    JsonNode usage = json.path("usage");
    return new Completion(
        choice.path("message").path("content").asText(""),
        usage.path("prompt_tokens").asLong(Completion.UNKNOWN),
        usage.path("completion_tokens").asLong(Completion.UNKNOWN),
        switch (choice.path("finish_reason").asText()) {
          case "length" -> Completion.End.LENGTH;
          case "content_filter" -> Completion.End.REFUSED;
          default -> Completion.End.COMPLETE;
        });
  }

  private LogSenseException refused(int status, String words) {
    if (status == 401 || status == 403) { // the words may repeat the key
      return failure(Category.EXTERNAL, "does not accept the key (HTTP " + status + ")");
    }
    String said = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
    String what = "answers HTTP " + status + (said.isBlank() ? "" : ": " + said);
    if (status == 429 || status >= 500) {
      return failure(Category.TRANSIENT, what);
    }
    boolean tooLong =
        Stream.of("context", "too long", "maximum")
            .anyMatch(words.toLowerCase(Locale.ROOT)::contains);
    return failure(status == 400 && tooLong ? Category.LIMIT : Category.EXTERNAL, what);
  }

  private LogSenseException failure(Category category, String what) {
    return new LogSenseException(category, modelId() + " " + what);
  }
}
