package io.logsense.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one file with its lines, and the words around a declaration in it.
 *
 * <p>Signatures and doc comments are cut out of the text, so that they do not depend on the parser
 * that found the declaration.
 */
final class SourceText {
  private static final int LONGEST_SIGNATURE = 240;
  private static final int LONGEST_DOC = 400;

  private final String text;
  private final int[] lineStarts;

  SourceText(byte[] source) {
    String decoded = new String(source, StandardCharsets.UTF_8);
    text = decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    lineStarts = lineStarts(text);
  }

  /** The text; what is no UTF-8 shows as the replacement character. */
  String text() {
    return text;
  }

  /** Number of lines, at least 1. */
  int lines() {
    return lineStarts.length;
  }

  /** The 1-based line of an offset. */
  int line(int offset) {
    int at = Arrays.binarySearch(lineStarts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The offset of a 1-based line and 1-based column, within the text. */
  int offset(int line, int column) {
    int start = lineStarts[Math.min(Math.max(line, 1), lineStarts.length) - 1];
    return Math.min(start + Math.max(column, 1) - 1, text.length());
  }

  /** The declaration in {@code [start, end)}, up to its body, without annotations in front. */
  String signature(int start, int end) {
    StringBuilder out = new StringBuilder();
    int at = afterAnnotations(start, end);
    while (at < end && out.length() <= LONGEST_SIGNATURE) {
      int next = afterComment(at, end);
      char c = text.charAt(at);
      if (next > at || Character.isWhitespace(c)) {
        space(out);
        at = Math.max(next, at + 1);
      } else {
        out.append(c);
        at++;
      }
    }
    int length = out.length();
    while (length > 0 && " {;".indexOf(out.charAt(length - 1)) >= 0) {
      length--;
    }
    return cut(out.substring(0, length), LONGEST_SIGNATURE);
  }

  /** The doc comment that ends before the declaration at {@code start}. */
  String docBefore(int start) {
    int end = start;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end < 5 || !text.startsWith("*/", end - 2)) {
      return "";
    }
    int open = text.lastIndexOf("/*", end - 3);
    return open >= 0 && text.startsWith("/**", open) ? doc(open + 3, end - 2) : "";
  }

  private String doc(int from, int to) {
    StringBuilder out = new StringBuilder();
    boolean lineStart = true;
    for (int i = from; i < to && out.length() <= LONGEST_DOC; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lineStart = true;
        space(out);
      } else if (Character.isWhitespace(c)) {
        space(out);
      } else if (c != '*' || !lineStart) {
        lineStart = false;
        out.append(c);
      }
    }
    return cut(out.toString().strip(), LONGEST_DOC);
  }

  private int afterAnnotations(int start, int end) {
    int at = start;
    while (at < end) {
      int next = afterComment(at, end);
      if (next > at || Character.isWhitespace(text.charAt(at))) {
        at = Math.max(next, at + 1);
      } else if (text.charAt(at) == '@' && !text.startsWith("@interface", at)) {
        at = afterAnnotation(at, end);
      } else {
        return at;
      }
    }
    return end;
  }

  private int afterAnnotation(int start, int end) {
    int at = start + 1;
    while (at < end
        && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    int open = at;
    while (open < end && Character.isWhitespace(text.charAt(open))) {
      open++;
    }
    return open < end && text.charAt(open) == '(' ? afterParentheses(open, end) : at;
  }

  private int afterParentheses(int open, int end) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = endOfLiteral(i, end);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return end;
  }

  private int endOfLiteral(int open, int end) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote || c == '\n') {
        return i;
      }
    }
    return end;
  }

  private int afterComment(int at, int end) {
    if (text.startsWith("//", at)) {
      int line = text.indexOf('\n', at);
      return line < 0 ? end : Math.min(line, end);
    }
    if (text.startsWith("/*", at)) {
      int close = text.indexOf("*/", at + 2);
      return close < 0 ? end : Math.min(close + 2, end);
    }
    return at;
  }

  private static void space(StringBuilder out) {
    if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  private static String cut(String words, int longest) {
    if (words.length() <= longest) {
      return words;
    }
    int end = Character.isHighSurrogate(words.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return words.substring(0, end) + "…";
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16 + text.length() / 24];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
