package io.logsense.internal.mask;

import java.util.Arrays;

/** A copy of a text, written from left to right with tokens in the place of findings. */
final class MaskedText {
  private static final int SPARE = 64;

  private final String text;
  private char[] out;
  private int length;
  private int copied;

  MaskedText(String text) {
    this.text = text;
    this.out = new char[text.length() + SPARE];
  }

  /** Copies up to the finding, which begins where the last one ended or behind, and hides it. */
  void replace(long span) {
    String token = Span.rule(span).token();
    int needed = length + (Span.start(span) - copied) + token.length();
    if (needed > out.length) {
      out = Arrays.copyOf(out, needed + (needed >> 1));
    }
    copy(Span.start(span));
    token.getChars(0, token.length(), out, length);
    length += token.length();
    copied = Span.end(span);
  }

  private void copy(int end) {
    text.getChars(copied, end, out, length);
    length += end - copied;
  }

  /** The copy, to its end. */
  String finish() {
    int needed = length + text.length() - copied;
    if (needed > out.length) {
      out = Arrays.copyOf(out, needed);
    }
    copy(text.length());
    return new String(out, 0, length);
  }
}
