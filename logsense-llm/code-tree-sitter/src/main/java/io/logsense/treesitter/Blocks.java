package io.logsense.treesitter;

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

/** Turns what a walk through a syntax tree meets, in the order of the text, into blocks. */
final class Blocks {
  private static final int LONGEST_MESSAGE = 200;
  private static final int MOST_MENTIONS = 4096;

  private static final class Open {
    final CodeBlock.Builder builder;
    final boolean onlyIfUsed;
    final List<CodeMention> mentions = new ArrayList<>();

    Open(CodeBlock.Builder builder, boolean onlyIfUsed) {
      this.builder = builder;
      this.onlyIfUsed = onlyIfUsed;
    }
  }

  /**
   * A function, constructor or initializer.
   *
   * @param owner the type or module it is in
   * @param start where it begins, with what annotates it
   * @param signature where its signature begins
   * @param body where its body begins
   */
  record Declaration(
      String owner, String name, int arity, int start, int signature, int body, int end) {}

  private final String path;
  private final Source source;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<CodeBlock> blocks = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int messagesWanted;

  Blocks(String path, Source source) {
    this.path = path;
    this.source = source;
  }

  String path() {
    return path;
  }

  Source source() {
    return source;
  }

  /** The next number for what has no name in a type. */
  int number(String owner) {
    return numbers.merge(owner, 1, Integer::sum);
  }

  /** A declaration begins. */
  void begin(Declaration d, String doc) {
    open.push(new Open(builder(d).words(source.signature(d.signature, d.body), doc), false));
  }

  /** Statements outside of functions begin; they are a block only if they call something. */
  void beginStatements(String owner, String name, int start, int end) {
    open.push(new Open(builder(new Declaration(owner, name, 0, start, start, start, end)), true));
  }

  private CodeBlock.Builder builder(Declaration d) {
    return CodeBlock.builder(path, d.owner, d.name, d.arity)
        .lines(source.line(d.start), source.line(Math.max(d.start, d.end - 1)));
  }

  /** What began last ends. */
  void end() {
    Open block = open.pop();
    boolean isUsed = block.mentions.stream().anyMatch(mention -> mention.kind() != Kind.MESSAGE);
    if (isUsed || !block.onlyIfUsed) {
      block.mentions.sort(Comparator.comparingInt(CodeMention::line));
      blocks.add(block.builder.mentions(block.mentions).build());
    }
  }

  /**
   * A call, creation or throw. The number of arguments says nothing in languages whose parameters
   * may be left out.
   */
  void mention(Kind kind, String name, Node at) {
    Open block = open.peek();
    if (block != null && block.mentions.size() < MOST_MENTIONS) {
      boolean hasArguments = kind == Kind.CALL || kind == Kind.CREATION;
      int arity = hasArguments ? CodeMention.UNKNOWN_ARITY : 0;
      block.mentions.add(new CodeMention(kind, name, arity, source.line(at.start())));
    }
  }

  /** From here on every text is a message, until {@link #endMessages}. */
  void beginMessages() {
    messagesWanted++;
  }

  void endMessages() {
    messagesWanted--;
  }

  /** A text; one that is no message is forgotten. Values in it are <code>{}</code>. */
  void text(String value, Node at) {
    String message = Source.cut(value.strip(), LONGEST_MESSAGE);
    boolean isMessage = message.chars().filter(Character::isLetter).limit(3).count() == 3;
    if (isMessage && (messagesWanted > 0 || message.indexOf(' ') > 0)) {
      mention(Kind.MESSAGE, message, at);
    }
  }

  /** All blocks in the order of the text. */
  List<CodeBlock> blocks() {
    blocks.sort(
        Comparator.comparingInt(CodeBlock::startLine)
            .thenComparing(Comparator.comparingInt(CodeBlock::endLine).reversed())
            .thenComparing(CodeBlock::symbol));
    return blocks;
  }
}
