package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;

/** Says who can act when the client fails. */
final class Failures {
  private Failures() {}

  /**
   * What to throw instead of {@code e}.
   *
   * @return for whatever may pass: most of what a cluster answers passes with its next leader
   * @throws LogSenseException when trying again is no use
   * @throws InterruptedException when the client was interrupted; the flag is cleared
   */
  static IOException of(String what, KafkaException e) throws InterruptedException {
    if (e instanceof InterruptException) {
      Thread.interrupted();
      throw new InterruptedException(what);
    }
    if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
      throw new LogSenseException(
          Category.EXTERNAL,
          what + ": access is refused: " + e.getMessage() + "; check the settings in the file",
          e);
    }
    if (e instanceof InvalidTopicException) {
      throw new LogSenseException(Category.USAGE, what + ": " + e.getMessage(), e);
    }
    if (e instanceof RetriableException || e instanceof ApiException) {
      return new IOException(what + ": " + e.getMessage(), e);
    }
    throw new LogSenseException(Category.EXTERNAL, what + ": " + e.getMessage(), e);
  }

  /** The same where an interrupt can only be an I/O exception; the flag stays set. */
  static IOException uninterrupted(String what, KafkaException e) {
    try {
      return of(what, e);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return new InterruptedIOException(what);
    }
  }

  /**
   * What to throw when a client cannot be made. Neither text nor cause of {@code e} is passed on:
   * they can quote the settings, and so a password.
   */
  static LogSenseException settings(KafkaException e) {
    Throwable first = e;
    while (first.getCause() != null && !(first instanceof ConfigException)) {
      first = first.getCause();
    }
    return new LogSenseException(
        Category.USAGE,
        "the Kafka client does not accept its settings ("
            + first.getClass().getSimpleName()
            + "); check the addresses and the settings, whose values are not repeated here");
  }
}
