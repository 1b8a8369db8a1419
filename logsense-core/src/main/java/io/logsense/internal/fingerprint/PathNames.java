package io.logsense.internal.fingerprint;

/** Names of source files without what a deployment adds: directories, hashes, query strings. */
final class PathNames {
  private PathNames() {}

  /** The last {@code segments} parts of a path, without extension and without build hashes. */
  static String module(String path, int segments) {
    String clean = withoutQuery(path.replace('\\', '/'));
    int from = clean.length();
    for (int i = 0; i < segments && from > 0; i++) {
      from = clean.lastIndexOf('/', from - 1);
    }
    String tail = clean.substring(from + 1);
    int dot = tail.lastIndexOf('.');
    if (dot > tail.lastIndexOf('/') + 1) {
      tail = tail.substring(0, dot);
    }
    return withoutHashes(tail);
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Without the parts between dots and dashes that are hexadecimal and hold a digit. */
  private static String withoutHashes(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    int i = 0;
    while (i < name.length()) {
      int start = i;
      while (i < name.length() && !isSeparator(name.charAt(i))) {
        i++;
      }
      kept.append(isHash(name, start, i) ? "#" : name.substring(start, i));
      if (i < name.length()) {
        kept.append(name.charAt(i++));
      }
    }
    return kept.toString();
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '-' || c == '/' || c == '_' || c == '~';
  }

  private static boolean isHash(String text, int from, int to) {
    return to - from >= 6 && isHex(text, from, to) && hasDigit(text, from, to);
  }

  static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return to > from;
  }

  private static boolean hasDigit(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
