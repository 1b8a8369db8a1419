package io.logsense.rest;

import java.io.IOException;

/** An answer is larger than allowed: fewer records must be asked for. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(int limit) {
    super("the answer is larger than " + limit + " bytes");
  }
}
