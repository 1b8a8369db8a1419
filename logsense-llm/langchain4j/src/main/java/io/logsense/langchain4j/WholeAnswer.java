package io.logsense.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a stream, where the whole answer comes once more. */
final class WholeAnswer implements StreamingChatResponseHandler {
  private final CompletableFuture<ChatResponse> answer;

  WholeAnswer(CompletableFuture<ChatResponse> answer) {
    this.answer = answer;
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    answer.completeExceptionally(error);
  }
}
