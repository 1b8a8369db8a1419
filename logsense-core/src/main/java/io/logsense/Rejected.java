package io.logsense;

import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** A dead letter and its record as it was read, on their way to a sink. */
final class Rejected {
  private final DeadLetter letter;
  private final byte[] raw;

  Rejected(DeadLetter letter, byte[] raw) {
    this.letter = letter;
    this.raw = raw;
  }

  static Consumer<Rejected> to(DeadLetterSink sink) {
    return rejected -> {
      try {
        sink.accept(rejected.letter, rejected.raw);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
