package io.logsense.treesitter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one file, with its lines and the words around a declaration. */
final class Source {
  private static final int LONGEST_SIGNATURE = 240;
  private static final int LONGEST_DOC = 400;

  private final byte[] bytes;
  private final int[] lineStarts;

  Source(byte[] bytes) {
    this.bytes = bytes;
    int[] starts = new int[16 + bytes.length / 24];
    int count = 1;
    for (int i = 0; i < bytes.length; i++) {
      boolean ends =
          bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n'));
      if (ends) {
        starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
        starts[count++] = i + 1;
      }
    }
    lineStarts = Arrays.copyOf(starts, count);
  }

  String text(Node node) {
    return text(node.start(), node.end());
  }

  String text(int start, int end) {
    return new String(bytes, start, Math.max(0, end - start), StandardCharsets.UTF_8);
  }

  boolean startsWith(int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (offset + i >= bytes.length || bytes[offset + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an ASCII character stands between two nodes. */
  boolean isBetween(char wanted, Node left, Node right) {
    for (int i = left.end(); i < right.start(); i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  boolean isBinary() {
    return count('\0') > 0;
  }

  /** How often an ASCII character stands in the text. */
  int count(char wanted) {
    int count = 0;
    for (byte b : bytes) {
      count += b == wanted ? 1 : 0;
    }
    return count;
  }

  /** The most columns that a line is indented by; a tab has eight. */
  int deepestIndent() {
    int deepest = 0;
    for (int start : lineStarts) {
      int columns = 0;
      int at = start;
      while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) {
        columns += bytes[at++] == '\t' ? 8 : 1;
      }
      deepest = Math.max(deepest, columns);
    }
    return deepest;
  }

  /** The 1-based line of an offset. */
  int line(int offset) {
    int at = Arrays.binarySearch(lineStarts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  int lines() {
    return lineStarts.length;
  }

  /** A declaration up to its body, blanks collapsed. */
  String signature(int start, int bodyStart) {
    int most = Math.min(bodyStart, start + 4 * LONGEST_SIGNATURE);
    String words = collapsed(text(start, most));
    int end = words.length();
    while (end > 0 && " {:=>;".indexOf(words.charAt(end - 1)) >= 0) {
      end--;
    }
    return cut(words.substring(0, end), LONGEST_SIGNATURE);
  }

  /** A doc comment, {@code /**} or lines of {@code //}, that ends right before {@code start}. */
  String docBefore(int start, boolean isOfLines) {
    int end = start;
    while (end > 0 && isBlank(bytes[end - 1])) {
      end--;
    }
    if (isOfLines) {
      return line(start) - line(end) == 1 ? linesBefore(end) : "";
    }
    if (end < 5 || bytes[end - 1] != '/' || bytes[end - 2] != '*') {
      return "";
    }
    for (int open = end - 4; open >= 0; open--) {
      if (startsWith(open, "/*")) {
        return startsWith(open, "/**") ? doc(text(open + 3, end - 2)) : "";
      }
    }
    return "";
  }

  private String linesBefore(int end) {
    int first = line(Math.max(0, end - 1));
    int from = end;
    while (first > 0 && startsWith(afterBlanks(lineStarts[first - 1]), "//")) {
      from = lineStarts[first - 1];
      first--;
    }
    return doc(text(from, end));
  }

  private int afterBlanks(int offset) {
    int at = offset;
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** The words of a comment, without what frames its lines. */
  static String doc(String comment) {
    StringBuilder out = new StringBuilder();
    for (String line : comment.lines().toList()) {
      int at = 0;
      while (at < line.length() && " \t*/".indexOf(line.charAt(at)) >= 0) {
        at++;
      }
      out.append(line, at, line.length()).append(' ');
      if (out.length() > 2 * LONGEST_DOC) {
        break;
      }
    }
    return cut(collapsed(out.toString()), LONGEST_DOC);
  }

  static String cut(String words, int longest) {
    if (words.length() <= longest) {
      return words;
    }
    int end = Character.isHighSurrogate(words.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return words.substring(0, end) + "…";
  }

  private static String collapsed(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBlank = Character.isWhitespace(c);
      if (!isBlank) {
        out.append(c);
      } else if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    return out.toString().strip();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
