package io.logsense.code;

import io.logsense.api.code.CodeMention.Kind;

/** What a block does, as far as what it mentions tells. */
final class BlockShape {
  /** A throw statement may begin some lines before the line of the frame. */
  private static final int THROW_LINES = 3;

  private final BlockTable table;

  BlockShape(BlockTable table) {
    this.table = table;
  }

  /** Whether a throw statement stands at a line. */
  boolean throwsAt(int block, int line) {
    for (int m = first(block); m < end(block); m++) {
      if (table.kind(m) == Kind.THROW && isAt(block, m, line)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an object of a type is made at a line. */
  boolean makesAt(int block, int line, String simpleType) {
    int text = table.texts.find(simpleType);
    for (int m = first(block); text >= 0 && m < end(block); m++) {
      if (table.kind(m) == Kind.CREATION && table.mentionText[m] == text && isAt(block, m, line)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it has a throw statement that makes the type. */
  boolean canThrow(int block, String simpleType) {
    int text = table.texts.find(simpleType);
    for (int m = first(block); text > 0 && m < end(block); m++) {
      if (table.kind(m) == Kind.THROW && table.mentionText[m] == text) {
        return true;
      }
    }
    return false;
  }

  /** Calls that are not made to throw. */
  int work(int block) {
    int work = 0;
    for (int m = first(block); m < end(block); m++) {
      work += isCall(m) && !throwsAt(block, table.mentionLine(block, m)) ? 1 : 0;
    }
    return work;
  }

  /** Calls on lines before one. */
  int callsBefore(int block, int line) {
    int calls = 0;
    for (int m = first(block); m < end(block); m++) {
      calls += isCall(m) && table.mentionLine(block, m) < line ? 1 : 0;
    }
    return calls;
  }

  /** How little a block does, in ]0, 1[: 1 for nothing. */
  double slightness(int block) {
    return 1 / (1 + work(block) / 4.0 + table.lines(block) / 40.0);
  }

  boolean isCall(int mention) {
    Kind kind = table.kind(mention);
    return kind == Kind.CALL || kind == Kind.CREATION;
  }

  int first(int block) {
    return table.blockMentions[block];
  }

  int end(int block) {
    return table.blockMentions[block + 1];
  }

  private boolean isAt(int block, int mention, int line) {
    int lines = line - table.mentionLine(block, mention);
    return lines >= 0 && lines <= THROW_LINES;
  }
}
