package io.logsense.treesitter;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.treesitter.Blocks.Declaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of Python source.
 *
 * <p>A block belongs to its class, {@code shop.cart.Cart}, or module; the name of a module is the
 * path from the root of the source tree. {@code __init__} is the constructor, what stands outside
 * of functions is {@code <module>} or, in a class, its initializer.
 */
public final class PythonParser extends TreeSitterParser {
  /** Columns; a level has at least one. */
  private static final int DEEPEST_INDENT = 400;

  /** A parser, which reads nothing while its grammar is missing. */
  public PythonParser() {
    super("python");
  }

  @Override
  @Nullable Grammar grammar(String path) {
    return path.endsWith(".py") ? Grammar.PYTHON : null;
  }

  /** The grammar has room for some 500 levels of indentation, and does not look after it. */
  @Override
  String refusal(Source source) {
    return source.deepestIndent() > DEEPEST_INDENT ? "is indented too deeply" : "";
  }

  @Override
  boolean isDeclaration(String type) {
    return switch (type) {
      case "function_definition", "class_definition", "decorated_definition", "comment" -> true;
      default -> false;
    };
  }

  @Override
  boolean isText(Node node) {
    return node.is("string") || node.is("concatenated_string");
  }

  @Override
  void walk(Node root, Blocks out) {
    String module = module(out.path());
    String owner = module.endsWith(".__init__") ? module.substring(0, module.length() - 9) : module;
    members(root.children(), owner, MODULE, out);
  }

  @Override
  void visit(Node node, String owner, Blocks out) {
    switch (node.type()) {
      case "decorated_definition" -> {
        for (Node child : node.children()) {
          if (child.field().equals("definition")) {
            declaration(child, node.start(), owner, out);
          } else {
            visit(child, owner, out);
          }
        }
      }
      case "function_definition", "class_definition" -> declaration(node, node.start(), owner, out);
      case "call" -> call(node, owner, out);
      case "raise_statement" -> {
        out.mention(Kind.THROW, raised(node, out), node);
        visitMessages(node, owner, out);
      }
      case "assert_statement" -> {
        out.mention(Kind.THROW, "AssertionError", node);
        visitMessages(node, owner, out);
      }
      case "string", "concatenated_string" -> out.text(text(node, owner, out), node);
      case "binary_operator" -> joined(node, owner, out);
      case "parameters", "type", "import_statement", "import_from_statement" -> {}
      default -> visitAll(node, owner, out);
    }
  }

  private void declaration(Node node, int start, String owner, Blocks out) {
    Node name = node.in("name");
    Node body = node.in("body");
    if (name == null || body == null) {
      visitAll(node, owner, out);
      return;
    }
    String doc = docstring(body, out);
    List<Node> statements = body.children().subList(doc.isEmpty() ? 0 : 1, body.children().size());
    String named = out.source().text(name);
    if (node.is("class_definition")) {
      members(statements, owner + "." + named, CodeBlock.STATIC_INITIALIZER, out);
      return;
    }
    String method = named.equals("__init__") ? CodeBlock.CONSTRUCTOR : named;
    out.begin(
        new Declaration(
            owner,
            method,
            arity(node.in("parameters"), out),
            start,
            node.start(),
            body.start(),
            node.end()),
        doc);
    statements.forEach(statement -> visit(statement, owner, out));
    out.end();
  }

  private String docstring(Node body, Blocks out) {
    Node first = body.children().isEmpty() ? null : body.children().get(0);
    Node text = first != null && first.is("expression_statement") ? first.of("string") : null;
    Node content = text == null ? null : text.of("string_content");
    return content == null ? "" : Source.doc(out.source().text(content));
  }

  private static int arity(@Nullable Node parameters, Blocks out) {
    int arity = 0;
    boolean isFirst = true;
    for (Node each : parameters == null ? List.<Node>of() : parameters.children()) {
      boolean isParameter = each.is("identifier") || each.type().contains("parameter");
      boolean isReceiver = isFirst && isReceiver(out.source().text(each));
      arity += (isParameter || each.type().endsWith("_pattern")) && !isReceiver ? 1 : 0;
      isFirst = false;
    }
    return arity;
  }

  private static boolean isReceiver(String parameter) {
    return parameter.equals("self") || parameter.equals("cls");
  }

  private void call(Node node, String owner, Blocks out) {
    Node function = node.in("function");
    Node arguments = node.in("arguments");
    String name = "";
    if (function != null && function.is("attribute")) {
      visitAll(function, owner, out);
      name = name(function, out);
    } else if (function != null && function.is("identifier")) {
      name = name(function, out);
    } else if (function != null) {
      visit(function, owner, out);
    }
    if (function != null && !name.isEmpty()) {
      Node last = function.in("attribute");
      call(name, last == null ? function : last, true, out);
    }
    if (arguments != null && isSaying(name)) {
      visitMessages(arguments, owner, out);
    } else if (arguments != null) {
      visitAll(arguments, owner, out);
    }
  }

  /** The last part of {@code a.b.c}; empty for what is no name. */
  private static String name(Node node, Blocks out) {
    Node attribute = node.in("attribute");
    Node last = attribute == null ? node : attribute;
    return last.is("identifier") ? out.source().text(last) : "";
  }

  private static String raised(Node node, Blocks out) {
    Node error = node.children().isEmpty() ? null : node.children().get(0);
    Node function = error != null && error.is("call") ? error.in("function") : error;
    String name = function == null ? "" : name(function, out);
    return isCapital(name) ? name : "";
  }
}
