package io.logsense.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/**
 * Says who can act on what LangChain4j throws. Not everything is wrapped by it: a refused
 * connection comes as a bare {@code RuntimeException} with its cause.
 */
final class Failures {
  private static final int MOST_CAUSES = 20;
  private static final int MOST_CHARACTERS = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /** How the providers say that a prompt is too long. */
  private static final List<String> TOO_LONG =
      List.of(
          "context_length",
          "context length",
          "context size",
          "context_size",
          "context window",
          "too long",
          "maximum context");

  private Failures() {}

  static LogSenseException of(String model, Throwable thrown) {
    Category category = category(thrown);
    String start = "model " + model + ": " + says(category);
    // A provider may repeat a key when it refuses it: then neither its words nor the cause is kept.
    return isAboutKeys(thrown)
        ? new LogSenseException(category, start + "it does not accept the key")
        : new LogSenseException(category, start + said(thrown), thrown);
  }

  private static boolean isAboutKeys(Throwable thrown) {
    Throwable one = thrown;
    for (int i = 0; one != null && i < MOST_CAUSES; i++, one = one.getCause()) {
      boolean refused =
          one instanceof HttpException http
              && (http.statusCode() == UNAUTHORIZED || http.statusCode() == FORBIDDEN);
      if (refused || one instanceof AuthenticationException) {
        return true;
      }
    }
    return false;
  }

  private static Category category(Throwable thrown) {
    Throwable one = thrown;
    for (int i = 0; one != null && i < MOST_CAUSES; i++, one = one.getCause()) {
      if (one instanceof RetriableException
          || one instanceof IOException
          || one instanceof TimeoutException) {
        return Category.TRANSIENT;
      }
      if (one instanceof InvalidRequestException && isTooLong(one)) {
        return Category.LIMIT;
      }
      if (one instanceof NonRetriableException) {
        return Category.EXTERNAL;
      }
      if (one instanceof HttpException http) {
        boolean again = http.statusCode() == TOO_MANY_REQUESTS || http.statusCode() >= SERVER_ERROR;
        return again ? Category.TRANSIENT : isTooLong(one) ? Category.LIMIT : Category.EXTERNAL;
      }
    }
    return Category.DEFECT; // not known to have been refused: it may have been worked on
  }

  private static boolean isTooLong(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(message::contains);
  }

  private static String says(Category category) {
    return switch (category) {
      case TRANSIENT -> "no answer, which may come later: ";
      case LIMIT -> "the prompt is too long for it: ";
      case DEFECT -> "it failed: ";
      default -> "it refuses: ";
    };
  }

  private static String said(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return thrown.getClass().getSimpleName();
    }
    return message.length() <= MOST_CHARACTERS
        ? message
        : message.substring(0, MOST_CHARACTERS) + "…";
  }
}
