package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.source.LogSource;
import io.logsense.internal.source.DeadLetterFile;
import io.logsense.internal.source.DeadLetterSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where records go that could not become events, and how they come back. Users call it. */
public final class DeadLetters {
  private static final long MOST_BYTES = 64L << 20;

  private DeadLetters() {}

  /**
   * Keeps dead letters as lines of JSON in {@code file}, which need not exist yet; what is there
   * stays. Past 64 MiB it is renamed to the same name with {@code .1}, in place of an earlier one,
   * so there are never more than two files. It holds what was read, unmasked: protect it as the
   * logs themselves. The caller closes it, after the engine.
   *
   * @throws IOException when the file cannot be written
   */
  public static DeadLetterSink file(Path file) throws IOException {
    return file(file, MOST_BYTES);
  }

  /** The same with another bound for each of the two files, in bytes. */
  public static DeadLetterSink file(Path file, long mostBytes) throws IOException {
    return DeadLetterFile.open(file, mostBytes);
  }

  /**
   * The records that {@link #file} kept, as they were when they were read first; the older file
   * first. Each has the same offset every time, so a store keeps it once.
   */
  public static LogSource source(Path file) {
    return new DeadLetterSource(file);
  }

  /** Stands for an event on which code of the host failed. */
  static DeadLetter failed(SourcePosition position, RuntimeException cause) {
    return new DeadLetter(position, "could not be processed: " + cause, "");
  }

  /** Stands for an event that was counted and that the store refuses. */
  static DeadLetter refused(SourcePosition position, LogSenseException cause) {
    return new DeadLetter(position, "refused by the store: " + cause.getMessage(), "");
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
