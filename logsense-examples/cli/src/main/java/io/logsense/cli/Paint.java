package io.logsense.cli;

import io.logsense.api.event.Severity;

/** Colours for a terminal that wants them. Colour never says what the words do not say too. */
final class Paint {
  private final boolean colour;

  Paint(boolean colour) {
    this.colour = colour;
  }

  String bold(String text) {
    return sgr("1", text);
  }

  String dim(String text) {
    return sgr("2", text);
  }

  String badge(String text) {
    return sgr("1;35", text);
  }

  String severity(Severity severity, String text) {
    return switch (severity) {
      case FATAL, ERROR -> sgr("31", text);
      case WARN -> sgr("33", text);
      default -> sgr("36", text);
    };
  }

  private String sgr(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
