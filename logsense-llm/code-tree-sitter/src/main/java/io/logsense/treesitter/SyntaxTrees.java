package io.logsense.treesitter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSReader;
import org.treesitter.TSSymbolType;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * Parses bytes by a grammar. A tree leaves native memory before the next one is made.
 *
 * <p>Work is bounded by the length of the text: recovering from errors may cost many times what
 * parsing costs, in steps of the parser or in text that is read again and again. A clock stops the
 * few texts, nested thousands of levels deep, in which each step is slow.
 */
final class SyntaxTrees {
  /** Small, since only reading beyond a chunk is seen. */
  private static final int CHUNK_BYTES = 1 << 10;

  /** Nodes below this depth are dropped; who walks a tree calls itself. */
  private static final int DEEPEST = 500;

  /** Sound text takes one round, a hundred steps of the parser, for about 200 bytes. */
  private static final int BYTES_PER_ROUND = 50;

  private static final int FREE_ROUNDS = 100;

  /** Sound text is read two to four times. */
  private static final int MOST_READINGS = 30;

  private static final int FREE_BYTES = 1 << 18;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final TSLanguage language;
  private final @Nullable String[] types;
  private final String[] fields;

  /**
   * Parses by one grammar.
   *
   * @throws LinkageError where there is no native code for this platform
   */
  SyntaxTrees(Grammar grammar) {
    language = grammar.load();
    types = new String[language.symbolCount()];
    for (int symbol = 0; symbol < types.length; symbol++) {
      boolean isNamed = language.symbolType(symbol) == TSSymbolType.TSSymbolTypeRegular;
      types[symbol] = isNamed ? language.symbolName(symbol) : null;
    }
    fields = new String[language.fieldCount() + 1];
    fields[0] = "";
    for (int field = 1; field < fields.length; field++) {
      fields[field] = language.fieldNameForId(field);
    }
  }

  /** The root of the tree of a text; null when it takes too much work. */
  @Nullable Node parse(byte[] text) {
    int most = FREE_ROUNDS + text.length / BYTES_PER_ROUND;
    int mostBytes = FREE_BYTES + MOST_READINGS * text.length;
    long start = System.nanoTime();
    int[] rounds = {0};
    int[] read = {0};
    TSReader reader =
        (chunk, offset, point) -> {
          int length = Math.max(0, Math.min(chunk.length, text.length - offset));
          read[0] += length;
          if (length == 0 || read[0] > mostBytes) {
            return 0;
          }
          System.arraycopy(text, offset, chunk, 0, length);
          return length;
        };
    try (TSParser parser = new TSParser()) {
      if (!parser.setLanguage(language)) {
        throw new IllegalStateException("the grammar is of another version of tree-sitter");
      }
      try (TSTree tree =
          parser.parseWithOptions(
              new byte[CHUNK_BYTES],
              null,
              reader,
              TSInputEncoding.TSInputEncodingUTF8,
              state ->
                  ++rounds[0] > most
                      || read[0] > mostBytes
                      || System.nanoTime() - start > MOST_NANOS)) {
        return tree == null || read[0] > mostBytes ? null : copy(tree);
      }
    }
  }

  private Node copy(TSTree tree) {
    TSNode root = tree.getRootNode();
    try (TSTreeCursor cursor = new TSTreeCursor(root)) {
      List<Node> children = new ArrayList<>();
      if (cursor.gotoFirstChild()) {
        siblings(cursor, 1, children);
      }
      return new Node("root", "", root.getStartByte(), root.getEndByte(), children);
    }
  }

  /** The named nodes from the cursor on. Each question costs a call into native code. */
  private void siblings(TSTreeCursor cursor, int depth, List<Node> out) {
    do {
      TSNode node = cursor.currentNode();
      String type = type(node.getSymbol());
      if (type != null) {
        String field = fields[cursor.currentFieldId()];
        List<Node> children = List.of();
        if (depth < DEEPEST && cursor.gotoFirstChild()) {
          children = new ArrayList<>(4);
          siblings(cursor, depth + 1, children);
          cursor.gotoParent();
        }
        out.add(new Node(type, field, node.getStartByte(), node.getEndByte(), children));
      }
    } while (cursor.gotoNextSibling());
  }

  private @Nullable String type(int symbol) {
    return symbol < types.length ? types[symbol] : "ERROR";
  }
}
