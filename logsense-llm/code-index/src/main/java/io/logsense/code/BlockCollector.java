package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns what a parser meets, in the order of the text, into blocks.
 *
 * <p>Names of nested, local and anonymous types are those that {@code javac} gives them, as far as
 * the text alone tells: anonymous types are numbered in the order of the text.
 */
final class BlockCollector {
  /** Methods by which the common logging libraries take a message. */
  private static final Set<String> LOGGING =
      Set.of(
          "trace",
          "debug",
          "info",
          "warn",
          "error",
          "fatal",
          "log",
          "logp",
          "severe",
          "warning",
          "config",
          "fine",
          "finer",
          "finest",
          "println",
          "printf",
          "setMessage");

  private static final int LONGEST_MESSAGE = 200;
  private static final int MOST_MENTIONS = 4096;

  /**
   * A declaration and where it stands in the text: offsets, the end exclusive. What begins with its
   * body has no signature.
   */
  record Declaration(String name, int arity, int start, int bodyStart, int end) {}

  private static final class OpenType {
    final String name;
    final Map<String, Integer> inner = new HashMap<>();

    OpenType(String name) {
      this.name = name;
    }
  }

  private static final class OpenBlock {
    final Declaration declaration;
    final String type;
    final boolean onlyIfUsed;
    final List<CodeMention> mentions = new ArrayList<>();

    OpenBlock(Declaration declaration, String type, boolean onlyIfUsed) {
      this.declaration = declaration;
      this.type = type;
      this.onlyIfUsed = onlyIfUsed;
    }
  }

  private final String path;
  private final SourceText text;
  private final Deque<OpenType> types = new ArrayDeque<>();
  private final Deque<OpenBlock> open = new ArrayDeque<>();
  private final List<CodeBlock> blocks = new ArrayList<>();
  private String packageName = "";
  private int messagesWanted;

  BlockCollector(String path, SourceText text) {
    this.path = path;
    this.text = text;
  }

  /** Says the package; empty for the unnamed one. */
  void inPackage(String name) {
    packageName = name;
  }

  /** A top-level or member type begins. */
  void beginType(String name) {
    OpenType outer = types.peek();
    String full =
        outer != null
            ? outer.name + "$" + name
            : packageName.isEmpty() ? name : packageName + "." + name;
    types.push(new OpenType(full));
  }

  /** A local type begins, or with an empty name an anonymous one. */
  void beginLocalType(String name) {
    OpenType outer = types.peek();
    if (outer == null) {
      beginType(name.isEmpty() ? "1" : name);
      return;
    }
    int number = outer.inner.merge(name, 1, Integer::sum);
    types.push(new OpenType(outer.name + "$" + number + name));
  }

  /** The type that began last ends. */
  void endType() {
    types.pop();
  }

  /** A method, constructor or initializer begins. */
  void beginBlock(Declaration declaration) {
    open.push(new OpenBlock(declaration, typeName(), false));
  }

  /** The initializer of a field begins; it is a block only if it calls something. */
  void beginField(Declaration declaration) {
    open.push(new OpenBlock(declaration, typeName(), true));
  }

  /** The block that began last ends. */
  void endBlock() {
    OpenBlock block = open.pop();
    boolean isUsed = block.mentions.stream().anyMatch(mention -> mention.kind() != Kind.MESSAGE);
    if (block.onlyIfUsed && !isUsed) {
      return;
    }
    Declaration d = block.declaration;
    block.mentions.sort(Comparator.comparingInt(CodeMention::line));
    blocks.add(
        CodeBlock.builder(path, block.type, d.name(), d.arity())
            .lines(text.line(d.start()), text.line(Math.max(d.start(), d.end() - 1)))
            .words(text.signature(d.start(), d.bodyStart()), text.docBefore(d.start()))
            .mentions(block.mentions)
            .build());
  }

  /** A call, creation or throw at an offset. */
  void mention(Kind kind, String name, int arity, int offset) {
    OpenBlock block = open.peek();
    if (block != null && block.mentions.size() < MOST_MENTIONS) {
      block.mentions.add(new CodeMention(kind, name, arity, text.line(offset)));
    }
  }

  /** From here on every literal is a message, until {@link #endMessages}. */
  void beginMessages() {
    messagesWanted++;
  }

  /** Ends what {@link #beginMessages} began. */
  void endMessages() {
    messagesWanted--;
  }

  /** A text literal; one that is no message is forgotten. */
  void literal(String value, int offset) {
    String message = value.strip();
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE).strip();
    }
    boolean isMessage = MessageText.letters(message) >= 3;
    if (isMessage && (messagesWanted > 0 || message.indexOf(' ') > 0)) {
      mention(Kind.MESSAGE, message, 0, offset);
    }
  }

  /** Whether arguments of a method of this name are messages. */
  static boolean isLogging(String method) {
    return LOGGING.contains(method);
  }

  /** The blocks that have ended, in the order of the text. */
  List<CodeBlock> blocks() {
    blocks.sort(
        Comparator.comparingInt(CodeBlock::startLine)
            .thenComparing(Comparator.comparingInt(CodeBlock::endLine).reversed())
            .thenComparing(CodeBlock::symbol)
            .thenComparing(CodeBlock::signature));
    return blocks;
  }

  private String typeName() {
    OpenType type = types.peek();
    return type == null ? packageName : type.name;
  }
}
