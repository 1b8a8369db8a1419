package io.logsense;

import io.logsense.api.event.SourcePosition;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * A record that could not become an event.
 *
 * @param position where it stands
 * @param reason why, in words
 * @param excerpt its first characters, masked, unprintable ones replaced
 */
public record DeadLetter(SourcePosition position, String reason, String excerpt) {
  /** Stands for an event on which code of the host failed. */
  static DeadLetter failed(SourcePosition position, RuntimeException cause) {
    return new DeadLetter(position, "could not be processed: " + cause, "");
  }

  /** Stands for what an input that could not be read to its end might have held. */
  static DeadLetter unreadable(String input, Exception cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof AccessDeniedException) {
      why = "permission denied";
    } else if (cause instanceof NoSuchFileException) {
      why = "no such file";
    }
    return new DeadLetter(new SourcePosition(input, 0, 0, 1), "cannot be read: " + why, "");
  }
}
