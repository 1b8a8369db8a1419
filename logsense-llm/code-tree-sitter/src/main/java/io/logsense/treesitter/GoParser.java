package io.logsense.treesitter;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.treesitter.Blocks.Declaration;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of Go source.
 *
 * <p>A block belongs to the type of its receiver, {@code internal/cart.Cart}, or to its package,
 * whose name is the folder from the root of the source tree. {@code init} and the values of
 * variables are the package's initializer; a function without a name belongs to the one around it.
 */
public final class GoParser extends TreeSitterParser {
  /** A parser, which reads nothing while its grammar is missing. */
  public GoParser() {
    super("go");
  }

  @Override
  @Nullable Grammar grammar(String path) {
    return path.endsWith(".go") ? Grammar.GO : null;
  }

  @Override
  boolean isDeclaration(String type) {
    return !type.equals("var_declaration");
  }

  @Override
  boolean isText(Node node) {
    return node.is("interpreted_string_literal") || node.is("raw_string_literal");
  }

  @Override
  void walk(Node root, Blocks out) {
    int slash = out.path().lastIndexOf('/');
    String owner = slash < 0 ? packageName(root, out) : out.path().substring(0, slash);
    members(root.children(), owner, CodeBlock.STATIC_INITIALIZER, out);
  }

  private static String packageName(Node root, Blocks out) {
    Node clause = root.of("package_clause");
    Node name = clause == null ? null : clause.of("package_identifier");
    return name == null ? "main" : out.source().text(name);
  }

  @Override
  void visit(Node node, String owner, Blocks out) {
    switch (node.type()) {
      case "function_declaration", "method_declaration" -> function(node, owner, out);
      case "call_expression" -> call(node, owner, out);
      case "composite_literal" -> {
        out.mention(Kind.CREATION, typeName(node.in("type"), out), node);
        visitAll(node, owner, out);
      }
      case "type_conversion_expression" -> {
        Node type = node.in("type"); // so a call with one type and one argument reads
        if (type != null && type.is("generic_type")) {
          out.mention(Kind.CALL, typeName(type, out), node);
        }
        visitAll(node, owner, out);
      }
      case "interpreted_string_literal", "raw_string_literal" ->
          out.text(text(node, owner, out), node);
      case "binary_expression" -> joined(node, owner, out);
      case "import_declaration", "type_declaration", "parameter_list" -> {}
      default -> visitAll(node, owner, out);
    }
  }

  private void function(Node node, String owner, Blocks out) {
    Node name = node.in("name");
    Node body = node.in("body");
    if (name == null || body == null) {
      visitAll(node, owner, out); // written in assembly, or broken
      return;
    }
    String type = receiver(node.in("receiver"), out);
    String named = out.source().text(name);
    boolean isInit = type.isEmpty() && named.equals("init");
    out.begin(
        new Declaration(
            type.isEmpty() ? owner : owner + "." + type,
            isInit ? CodeBlock.STATIC_INITIALIZER : named,
            arity(node.in("parameters")),
            node.start(),
            node.start(),
            body.start(),
            node.end()),
        out.source().docBefore(node.start(), true));
    visitAll(body, owner, out);
    out.end();
  }

  private static String receiver(@Nullable Node list, Blocks out) {
    Node parameter = list == null ? null : list.of("parameter_declaration");
    return parameter == null ? "" : typeName(parameter.in("type"), out);
  }

  /** The name of a type, without pointer, package and arguments. */
  private static String typeName(@Nullable Node type, Blocks out) {
    Node at = type;
    while (at != null && !at.is("type_identifier")) {
      Node inner = at.in("name");
      inner = inner == null ? at.in("type") : inner;
      at = inner == null && at.is("pointer_type") ? firstOf(at) : inner;
    }
    return at == null ? "" : out.source().text(at);
  }

  private static @Nullable Node firstOf(Node node) {
    return node.children().isEmpty() ? null : node.children().get(0);
  }

  private static int arity(@Nullable Node parameters) {
    int arity = 0;
    if (parameters != null) {
      for (Node each : parameters.children()) {
        if (each.type().endsWith("parameter_declaration")) {
          long names = each.children().stream().filter(n -> n.field().equals("name")).count();
          arity += (int) Math.max(1, names);
        }
      }
    }
    return arity;
  }

  private void call(Node node, String owner, Blocks out) {
    Node function = node.in("function");
    Node arguments = node.in("arguments");
    String name = "";
    Node last = node;
    if (function != null) {
      Node field = function.in("field");
      last = field == null ? function : field;
      boolean isName = last.is("identifier") || last.is("field_identifier");
      name = isName ? out.source().text(last) : "";
      visit(function, owner, out);
    }
    boolean panics = name.equals("panic");
    if (panics) {
      out.mention(Kind.THROW, thrown(arguments, out), node);
    } else if (!name.isEmpty()) {
      out.mention(Kind.CALL, name, last);
    }
    if (arguments != null && isSaying(name)) {
      visitMessages(arguments, owner, out);
    } else if (arguments != null) {
      visitAll(arguments, owner, out);
    }
  }

  private static String thrown(@Nullable Node arguments, Blocks out) {
    Node value = arguments == null ? null : firstOf(arguments);
    Node operand = value != null && value.is("unary_expression") ? value.in("operand") : value;
    return operand != null && operand.is("composite_literal")
        ? typeName(operand.in("type"), out)
        : "";
  }
}
