package io.logsense.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/** What the servers of five providers are asked, and how they answer. */
enum Protocol {
  OPENAI {
    @Override
    String keyOf(Headers headers) {
      String value = headers.getFirst("Authorization");
      return value == null ? "" : value.replace("Bearer ", "");
    }

    @Override
    int most(JsonNode request) {
      return request.path("max_tokens").asInt(request.path("max_completion_tokens").asInt(1000));
    }

    @Override
    String answer(Said said) {
      ObjectNode answer = JSON.createObjectNode();
      answer.put("id", "1").put("object", "chat.completion").put("created", 1);
      answer.put("model", ModelServer.MODEL);
      ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", said.text());
      choice.put("finish_reason", said.isCut() ? "length" : "stop");
      ObjectNode usage = answer.putObject("usage");
      usage.put("prompt_tokens", said.input()).put("completion_tokens", said.output());
      usage.put("total_tokens", said.input() + said.output());
      return answer.toString();
    }

    /** As it is streamed: the text in two pieces, then why it ends, then what it took. */
    @Override
    String stream(Said said) {
      StringBuilder events = new StringBuilder();
      int half = said.text().length() / 2;
      for (String piece :
          new String[] {said.text().substring(0, half), said.text().substring(half)}) {
        chunk(events, piece, null);
      }
      chunk(events, "", said.isCut() ? "length" : "stop");
      ObjectNode last = JSON.createObjectNode().put("id", "1").put("model", ModelServer.MODEL);
      last.putArray("choices");
      ObjectNode usage = last.putObject("usage");
      usage.put("prompt_tokens", said.input()).put("completion_tokens", said.output());
      usage.put("total_tokens", said.input() + said.output());
      return events.append("data: ").append(last).append("\n\ndata: [DONE]\n\n").toString();
    }

    private void chunk(StringBuilder events, String piece, @Nullable String end) {
      ObjectNode chunk = JSON.createObjectNode().put("id", "1").put("model", ModelServer.MODEL);
      ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
      choice.putObject("delta").put("content", piece);
      choice.put("finish_reason", end);
      events.append("data: ").append(chunk).append("\n\n");
    }

    @Override
    String error(String code, String words) {
      ObjectNode error = JSON.createObjectNode();
      error.putObject("error").put("message", words).put("type", "invalid").put("code", code);
      return error.toString();
    }
  },

  OLLAMA {
    @Override
    int most(JsonNode request) {
      return request.path("options").path("num_predict").asInt(1000);
    }

    @Override
    String answer(Said said) {
      ObjectNode answer = JSON.createObjectNode().put("model", ModelServer.MODEL);
      answer.put("created_at", "2026-01-31T12:00:00Z");
      answer.putObject("message").put("role", "assistant").put("content", said.text());
      answer.put("done", true).put("done_reason", said.isCut() ? "length" : "stop");
      answer.put("prompt_eval_count", said.input()).put("eval_count", said.output());
      return answer.toString();
    }

    @Override
    String error(String code, String words) {
      return JSON.createObjectNode().put("error", words).toString();
    }
  },

  ANTHROPIC {
    @Override
    String keyOf(Headers headers) {
      return String.valueOf(headers.getFirst("x-api-key"));
    }

    @Override
    int most(JsonNode request) {
      return request.path("max_tokens").asInt(1000);
    }

    @Override
    String answer(Said said) {
      ObjectNode answer = JSON.createObjectNode().put("id", "1").put("type", "message");
      answer.put("role", "assistant").put("model", ModelServer.MODEL);
      answer.putArray("content").addObject().put("type", "text").put("text", said.text());
      answer.put("stop_reason", said.isCut() ? "max_tokens" : "end_turn");
      ObjectNode usage = answer.putObject("usage");
      usage.put("input_tokens", said.input()).put("output_tokens", said.output());
      return answer.toString();
    }

    @Override
    String error(String code, String words) {
      ObjectNode error = JSON.createObjectNode().put("type", "error");
      error.putObject("error").put("type", code).put("message", words);
      return error.toString();
    }
  },

  GEMINI {
    @Override
    String keyOf(Headers headers) {
      return String.valueOf(headers.getFirst("x-goog-api-key"));
    }

    /** Of {@code /models/NAME:generateContent}. */
    @Override
    String modelOf(String path, JsonNode request) {
      return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
    }

    @Override
    int most(JsonNode request) {
      return request.path("generationConfig").path("maxOutputTokens").asInt(1000);
    }

    @Override
    String answer(Said said) {
      ObjectNode answer = JSON.createObjectNode().put("modelVersion", ModelServer.MODEL);
      ObjectNode candidate = answer.putArray("candidates").addObject();
      ObjectNode content = candidate.putObject("content").put("role", "model");
      content.putArray("parts").addObject().put("text", said.text());
      candidate.put("finishReason", said.isCut() ? "MAX_TOKENS" : "STOP").put("index", 0);
      ObjectNode usage = answer.putObject("usageMetadata");
      usage.put("promptTokenCount", said.input()).put("candidatesTokenCount", said.output());
      usage.put("totalTokenCount", said.input() + said.output());
      return answer.toString();
    }

    @Override
    String error(String code, String words) {
      ObjectNode error = JSON.createObjectNode();
      error.putObject("error").put("code", 400).put("message", words).put("status", code);
      return error.toString();
    }
  },

  BEDROCK {
    /** Of {@code AWS4-HMAC-SHA256 Credential=KEY/20260131/…}. */
    @Override
    String keyOf(Headers headers) {
      String value = String.valueOf(headers.getFirst("Authorization"));
      int start = value.indexOf("Credential=") + "Credential=".length();
      return value.substring(start, value.indexOf('/', start));
    }

    /** Of {@code /model/NAME/converse}. */
    @Override
    String modelOf(String path, JsonNode request) {
      String[] parts = path.split("/", -1);
      return parts[parts.length - 2];
    }

    @Override
    int most(JsonNode request) {
      return request.path("inferenceConfig").path("maxTokens").asInt(1000);
    }

    @Override
    String answer(Said said) {
      ObjectNode answer = JSON.createObjectNode();
      ObjectNode message = answer.putObject("output").putObject("message").put("role", "assistant");
      message.putArray("content").addObject().put("text", said.text());
      answer.put("stopReason", said.isCut() ? "max_tokens" : "end_turn");
      ObjectNode usage = answer.putObject("usage");
      usage.put("inputTokens", said.input()).put("outputTokens", said.output());
      usage.put("totalTokens", said.input() + said.output());
      answer.putObject("metrics").put("latencyMs", 1);
      return answer.toString();
    }

    @Override
    String error(String code, String words) {
      return JSON.createObjectNode().put("message", words).toString();
    }

    /** LangChain4j leaves it out: a prompt has to say it in words, too. */
    @Override
    boolean hasSchema() {
      return false;
    }
  };

  /**
   * What a server says; a word is a token.
   *
   * @param text the answer
   * @param input tokens of the question
   * @param output tokens of the answer
   * @param isCut whether the answer was longer
   */
  record Said(String text, int input, int output, boolean isCut) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The key of a request; the right one where the protocol has none. */
  String keyOf(Headers headers) {
    return ModelServer.KEY;
  }

  /** The name of the model that is asked. */
  String modelOf(String path, JsonNode request) {
    return request.path("model").asText();
  }

  /** How many tokens the answer may have. */
  abstract int most(JsonNode request);

  /** Whether the schema of an answer is part of a request. */
  boolean hasSchema() {
    return true;
  }

  abstract String answer(Said said);

  String stream(Said said) {
    throw new UnsupportedOperationException("not needed of " + this);
  }

  abstract String error(String code, String words);
}
