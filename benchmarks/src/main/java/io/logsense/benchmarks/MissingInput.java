package io.logsense.benchmarks;

import java.io.IOException;

/** A run lacks its data; the message says what to get, from where, and where to put it. */
public final class MissingInput extends IOException {
  private static final long serialVersionUID = 1;

  public MissingInput(String message) {
    super(message);
  }
}
