package io.logsense.treesitter;

import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.CodeParser;
import io.logsense.api.code.ParsedSource;
import io.logsense.api.code.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parsers have in common: which files they refuse, and how they walk through a tree.
 *
 * <p>A broken text has a tree with gaps, so that its sound parts are read.
 */
abstract class TreeSitterParser implements CodeParser {
  /** The name of what runs when a module is loaded; so a trace of Python calls it. */
  static final String MODULE = "<module>";

  private static final int MOST_BYTES = 1 << 20;
  private static final int HEAD_BYTES = 1 << 10;
  private static final int FEWEST_MINIFIED_BYTES = 1 << 13;
  private static final int LONGEST_MEAN_LINE = 300;

  /** Beginnings of the names of methods that log, or that make an error. */
  private static final Set<String> SAYING =
      Set.of(
          "trace",
          "debug",
          "info",
          "warn",
          "warning",
          "error",
          "fatal",
          "critical",
          "severe",
          "log",
          "exception",
          "print",
          "println",
          "printf",
          "panic");

  private final String language;
  private final Map<Grammar, SyntaxTrees> trees = new EnumMap<>(Grammar.class);

  TreeSitterParser(String language) {
    this.language = language;
  }

  /** The grammar for a path; null for a path of another language. */
  abstract @Nullable Grammar grammar(String path);

  /** Tells {@code out} of everything in a file. */
  abstract void walk(Node root, Blocks out);

  /** Tells {@code out} of a node in the type or module {@code owner}. */
  abstract void visit(Node node, String owner, Blocks out);

  /** Why a text cannot be given to the grammar, empty for none. */
  String refusal(Source source) {
    return "";
  }

  /** Whether a node of this type declares something, rather than doing it. */
  abstract boolean isDeclaration(String type);

  @Override
  public final String language() {
    return language;
  }

  @Override
  public final boolean reads(String path) {
    Grammar grammar = grammar(path);
    return grammar != null && grammar.isPresent();
  }

  @Override
  public final List<ParsedSource> parse(List<SourceFile> files) {
    return files.stream().map(this::parse).toList();
  }

  private ParsedSource parse(SourceFile file) {
    Grammar grammar = grammar(file.path());
    Source source = new Source(file.bytes());
    String refusal = grammar == null ? "is not of " + language : refusal(file.bytes(), source);
    if (grammar == null || !refusal.isEmpty()) {
      return new ParsedSource(List.of(), refusal);
    }
    try {
      Node root = trees.computeIfAbsent(grammar, SyntaxTrees::new).parse(file.bytes());
      if (root == null) {
        return new ParsedSource(List.of(), "takes too long to parse");
      }
      Blocks blocks = new Blocks(file.path(), source);
      walk(root, blocks);
      int error = firstError(root);
      return new ParsedSource(
          blocks.blocks(), error < 0 ? "" : "line " + source.line(error) + " is not understood");
    } catch (LinkageError e) {
      return new ParsedSource(List.of(), "needs native code for this platform: " + e.getMessage());
    } catch (RuntimeException e) {
      return new ParsedSource(List.of(), "the parser failed: " + e);
    }
  }

  private String refusal(byte[] bytes, Source source) {
    if (bytes.length > MOST_BYTES) {
      return "has " + bytes.length + " bytes and was left out";
    }
    if (source.isBinary()) {
      return "is binary";
    }
    if (bytes.length >= FEWEST_MINIFIED_BYTES
        && bytes.length / source.lines() > LONGEST_MEAN_LINE) {
      return "is minified and was left out";
    }
    return isGenerated(source.text(0, Math.min(HEAD_BYTES, bytes.length)))
        ? "is generated and was left out"
        : refusal(source);
  }

  private static boolean isGenerated(String head) {
    return head.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("//") || line.startsWith("#") || line.startsWith("*"))
        .anyMatch(
            line ->
                line.contains("@generated")
                    || (line.contains("enerated") && line.contains("DO NOT EDIT")));
  }

  /** Where the first part of a text stands that fits no rule of the grammar, -1 for none. */
  private static int firstError(Node node) {
    for (Node child : node.children()) {
      int found = child.is("ERROR") ? child.start() : firstError(child);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  final void visitAll(Node node, String owner, Blocks out) {
    for (Node child : node.children()) {
      visit(child, owner, out);
    }
  }

  final void visitMessages(Node node, String owner, Blocks out) {
    out.beginMessages();
    visitAll(node, owner, out);
    out.endMessages();
  }

  /** Declarations, and between them runs of statements: a block for each run or long statement. */
  final void members(List<Node> nodes, String owner, String name, Blocks out) {
    for (int from = 0; from < nodes.size(); ) {
      Node first = nodes.get(from);
      int to = from + 1;
      if (isDeclaration(first.type())) {
        visit(first, owner, out);
      } else {
        while (isShort(first, out) && to < nodes.size() && isShort(nodes.get(to), out)) {
          to++;
        }
        out.beginStatements(owner, name, first.start(), nodes.get(to - 1).end());
        nodes.subList(from, to).forEach(node -> visit(node, owner, out));
        out.end();
      }
      from = to;
    }
  }

  private boolean isShort(Node node, Blocks out) {
    return !isDeclaration(node.type())
        && out.source().line(node.start()) == out.source().line(Math.max(0, node.end() - 1));
  }

  /** A chain of {@code +}: with texts in it, it is one text with gaps. */
  final void joined(Node chain, String owner, Blocks out) {
    Deque<Node> operands = new ArrayDeque<>();
    Node left = chain;
    while (left.is(chain.type()) && left.children().size() > 1) {
      List<Node> both = left.children();
      Node right = both.get(both.size() - 1);
      if (both.size() != 2 || !out.source().isBetween('+', both.get(0), right)) {
        break;
      }
      operands.push(right);
      left = both.get(0);
    }
    if (operands.isEmpty()) {
      visitAll(chain, owner, out);
      return;
    }
    operands.push(left);
    StringBuilder text = new StringBuilder();
    for (Node operand : operands) {
      if (isText(operand)) {
        text.append(text(operand, owner, out));
      } else {
        text.append("{}");
        visit(operand, owner, out);
      }
    }
    out.text(text.toString(), chain);
  }

  /** Whether a node is a literal of characters. */
  abstract boolean isText(Node node);

  /** The text of a literal; expressions in it are visited and leave <code>{}</code>. */
  final String text(Node literal, String owner, Blocks out) {
    StringBuilder raw = new StringBuilder();
    for (Node part : literal.children()) {
      if (part.type().startsWith("interpol") || part.is("template_substitution")) {
        raw.append("{}");
        visitAll(part, owner, out);
      } else if (isText(part)) {
        raw.append(text(part, owner, out));
      } else if (!part.is("string_start") && !part.is("string_end")) {
        raw.append(out.source().text(part));
      }
    }
    return Literals.plain(raw.toString());
  }

  /** Whether what a method of this name is given are messages. */
  static boolean isSaying(String method) {
    String name = method.toLowerCase(Locale.ROOT);
    int end = name.length();
    while (end > 0 && "fwln".indexOf(name.charAt(end - 1)) >= 0 && !SAYING.contains(name)) {
      name = name.substring(0, --end);
    }
    return SAYING.contains(name);
  }

  /** A call by name: of a type, where types alone have capitals, it makes an object. */
  static void call(String name, Node at, boolean typesHaveCapitals, Blocks out) {
    boolean creates = typesHaveCapitals && isCapital(name);
    out.mention(creates ? Kind.CREATION : Kind.CALL, name, at);
  }

  static boolean isCapital(String name) {
    return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
  }

  /** A path as the name of a module: dots for slashes, without {@code src} and extension. */
  static String module(String path) {
    int start = path.startsWith("src/") ? 4 : 0;
    int dot = path.lastIndexOf('.');
    int end = dot > path.lastIndexOf('/') + 1 ? dot : path.length();
    return path.substring(start, end).replace('/', '.');
  }
}
