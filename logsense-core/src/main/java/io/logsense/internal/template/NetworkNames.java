package io.logsense.internal.template;

/** Recognises URLs, addresses and names of hosts and mailboxes. */
final class NetworkNames {
  private NetworkNames() {}

  static boolean isUrl(char[] text, int start, int end) {
    int i = start;
    while (i < end
        && (Characters.isAlphanumeric(text[i])
            || text[i] == '+'
            || text[i] == '.'
            || text[i] == '-')) {
      i++;
    }
    return i - start >= 2
        && end - i > 3
        && text[i] == ':'
        && text[i + 1] == '/'
        && text[i + 2] == '/';
  }

  /** Four numbers with dots between them and perhaps a port. */
  static boolean isAddress(char[] text, int start, int end) {
    int parts = 0;
    int i = start;
    while (i < end && parts < 4) {
      int from = i;
      while (i < end && Characters.isDigit(text[i])) {
        i++;
      }
      if (i == from || i - from > 3) {
        return false;
      }
      parts++;
      if (parts < 4) {
        if (i == end || text[i] != '.') {
          return false;
        }
        i++;
      }
    }
    return parts == 4 && (i == end || text[i] == ':' || text[i] == '/');
  }

  static boolean isEmail(char[] text, int start, int end) {
    int at = indexOf(text, start, end, '@');
    return at > start
        && indexOf(text, at, end, '.') < end - 1
        && end - at > 3
        && indexOf(text, at, end, ':') == end;
  }

  static boolean isHost(CharacterCounts counts, char[] text, int start, int end) {
    if (counts.colons > 1) {
      return false;
    }
    int nameEnd = end;
    if (counts.colons == 1) {
      nameEnd = indexOf(text, start, end, ':');
      for (int i = nameEnd + 1; i < end; i++) {
        if (!Characters.isDigit(text[i])) {
          return false;
        }
      }
      if (nameEnd + 1 == end) {
        return false;
      }
    }
    int label = start;
    boolean word = false;
    for (int i = start; i <= nameEnd; i++) {
      if (i == nameEnd || text[i] == '.') {
        if (i == label) {
          return false;
        }
        label = i + 1;
      } else {
        word |= Characters.isLetter(text[i]);
      }
    }
    if (!word) {
      return false;
    }
    if (counts.colons == 1) {
      return true;
    }
    int last = nameEnd;
    while (last > start && text[last - 1] != '.') {
      last--;
    }
    int lastLabel = nameEnd - last;
    if (counts.upper > 0) {
      return counts.dots >= 2
          && counts.digits > 0
          && counts.dashes > 0
          && Vocabulary.isDomain(text, last, nameEnd);
    }
    return Vocabulary.isDomain(text, last, nameEnd)
        || (counts.dots >= 2
            && ((counts.digits + counts.dashes > 0 && lastLabel >= 2 && lastLabel <= 6)
                || Vocabulary.isDomain(text, start, indexOf(text, start, end, '.'))));
  }

  static int indexOf(char[] text, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return end;
  }
}
