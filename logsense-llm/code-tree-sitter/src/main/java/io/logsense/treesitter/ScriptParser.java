package io.logsense.treesitter;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.treesitter.Blocks.Declaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of JavaScript and TypeScript.
 *
 * <p>A function has the name that it is declared with, or that of the variable, property or field
 * it is given to; one without a name belongs to the block around it, as the body of a lambda does.
 */
abstract class ScriptParser extends TreeSitterParser {
  ScriptParser(String language) {
    super(language);
  }

  @Override
  boolean isDeclaration(String type) {
    return switch (type) {
      case "function_declaration",
          "generator_function_declaration",
          "class_declaration",
          "abstract_class_declaration",
          "export_statement",
          "method_definition",
          "comment" ->
          true;
      default -> false;
    };
  }

  @Override
  boolean isText(Node node) {
    return node.is("string") || node.is("template_string");
  }

  @Override
  void walk(Node root, Blocks out) {
    members(root.children(), module(out.path()), MODULE, out);
  }

  @Override
  void visit(Node node, String owner, Blocks out) {
    switch (node.type()) {
      case "export_statement" -> export(node, owner, out);
      case "function_declaration", "generator_function_declaration", "method_definition" ->
          function(node, name(node.in("name"), out), node, owner, out);
      case "class_declaration", "abstract_class_declaration", "class" ->
          type(node, name(node.in("name"), out), owner, out);
      case "internal_module", "module" ->
          members(bodyOf(node), owner + "." + name(node.in("name"), out), MODULE, out);
      case "variable_declarator", "pair", "assignment_expression" ->
          assignment(node, node, owner, out);
      case "lexical_declaration", "variable_declaration" -> variables(node, node, owner, out);
      case "call_expression" -> call(node, owner, out);
      case "new_expression" -> {
        Node type = node.in("constructor");
        out.mention(Kind.CREATION, lastName(type, out), type == null ? node : type);
        visitAll(node, owner, out);
      }
      case "throw_statement" -> {
        out.mention(Kind.THROW, thrown(node, out), node);
        visitMessages(node, owner, out);
      }
      case "jsx_opening_element", "jsx_self_closing_element" -> {
        String name = name(node.in("name"), out);
        if (isCapital(name)) {
          out.mention(Kind.CALL, name, node);
        }
        visitAll(node, owner, out);
      }
      case "string", "template_string" -> out.text(text(node, owner, out), node);
      case "binary_expression" -> joined(node, owner, out);
      case "import_statement", "type_annotation", "type_arguments", "interface_declaration" -> {}
      default -> visitAll(node, owner, out);
    }
  }

  private void export(Node node, String owner, Blocks out) {
    for (Node child : node.children()) {
      boolean isFunction = isFunction(child) || child.type().endsWith("function_declaration");
      String name = name(child.in("name"), out);
      if (isFunction) {
        function(child, name.isEmpty() ? "default" : name, node, owner, out);
      } else if (isClass(child)) {
        type(child, name.isEmpty() ? "default" : name, owner, out);
      } else if (child.is("lexical_declaration") || child.is("variable_declaration")) {
        variables(child, node, owner, out);
      } else {
        members(List.of(child), owner, MODULE, out);
      }
    }
  }

  private void variables(Node node, Node statement, String owner, Blocks out) {
    boolean isOne = node.children().stream().filter(n -> n.is("variable_declarator")).count() == 1;
    for (Node child : node.children()) {
      if (child.is("variable_declarator")) {
        assignment(child, isOne ? statement : child, owner, out);
      } else {
        visit(child, owner, out);
      }
    }
  }

  /** {@code const a = function}, {@code a: function}, {@code A.prototype.a = function}. */
  private void assignment(Node node, Node from, String owner, Blocks out) {
    Node value = node.in(node.is("assignment_expression") ? "right" : "value");
    Node target = node.in("left");
    target = target == null ? node.in("name") : target;
    target = target == null ? node.in("key") : target;
    if (value != null && target != null && isFunction(value)) {
      function(value, lastName(target, out), from, ownerOf(target, owner, out), out);
    } else if (value != null && target != null && isClass(value)) {
      type(value, lastName(target, out), owner, out);
    } else {
      visitAll(node, owner, out);
    }
  }

  /** Of {@code Cart.prototype.add} and {@code Cart.add} it is {@code Cart}. */
  private static String ownerOf(Node target, String owner, Blocks out) {
    Node object = target.in("object");
    String name = object == null ? "" : out.source().text(object);
    if (name.endsWith(".prototype")) {
      name = name.substring(0, name.length() - ".prototype".length());
    }
    return isCapital(name) ? owner + "." + name : owner;
  }

  private void type(Node node, String name, String owner, Blocks out) {
    String type = name.isEmpty() ? owner : owner + "." + name;
    for (Node member : bodyOf(node)) {
      Node value = member.in("value");
      Node named = member.in("name");
      named = named == null ? member.in("property") : named;
      boolean isField = member.type().endsWith("field_definition");
      if (isField && value != null && isFunction(value)) {
        function(value, name(named, out), member, type, out);
      } else if (isField || member.is("class_static_block")) {
        boolean isStatic = out.source().startsWith(member.start(), "static");
        String initializer = isStatic ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
        out.beginStatements(type, initializer, member.start(), member.end());
        visitAll(member, type, out);
        out.end();
      } else {
        visit(member, type, out);
      }
    }
  }

  private static List<Node> bodyOf(Node node) {
    Node body = node.in("body");
    return body == null ? List.of() : body.children();
  }

  private void function(Node node, String name, Node from, String owner, Blocks out) {
    Node body = node.in("body");
    if (body == null || name.isEmpty()) {
      visitAll(node, owner, out);
      return;
    }
    boolean constructs = node.is("method_definition") && name.equals("constructor");
    out.begin(
        new Declaration(
            owner,
            constructs ? CodeBlock.CONSTRUCTOR : name,
            arity(node),
            from.start(),
            from.start(),
            body.start(),
            node.end()),
        out.source().docBefore(from.start(), false));
    visit(body, owner, out);
    out.end();
  }

  private static int arity(Node node) {
    Node parameters = node.in("parameters");
    if (parameters == null) {
      return node.in("parameter") == null ? 0 : 1;
    }
    return (int)
        parameters.children().stream()
            .filter(each -> !each.is("comment") && !each.is("decorator"))
            .filter(each -> each.children().stream().noneMatch(part -> part.is("this")))
            .count();
  }

  private static boolean isFunction(Node node) {
    return switch (node.type()) {
      case "arrow_function", "function_expression", "generator_function" -> true;
      default -> false;
    };
  }

  private static boolean isClass(Node node) {
    return node.is("class") || node.type().endsWith("class_declaration");
  }

  private void call(Node node, String owner, Blocks out) {
    Node function = node.in("function");
    if (function != null && function.is("await_expression") && !function.children().isEmpty()) {
      function = function.children().get(0); // so await f<T>(x) reads
    }
    String name = lastName(function, out);
    if (function != null && !name.isEmpty()) {
      Node property = function.in("property");
      boolean isSuper = function.is("super");
      out.mention(
          isSuper ? Kind.CREATION : Kind.CALL, name, property == null ? function : property);
    }
    if (function != null) {
      visit(function, owner, out);
    }
    Node arguments = node.in("arguments");
    if (arguments == null) {
      return;
    }
    if (isSaying(name)) {
      visitMessages(arguments, owner, out);
    } else if (isText(arguments)) {
      visit(arguments, owner, out);
    } else {
      visitAll(arguments, owner, out);
    }
  }

  private static String thrown(Node node, Blocks out) {
    Node value = node;
    while (!value.is("new_expression")) {
      if (value.children().isEmpty() || value.is("call_expression") || isFunction(value)) {
        return "";
      }
      value = value.children().get(0);
    }
    return lastName(value.in("constructor"), out);
  }

  /** The last part of {@code a.b.c}; empty for what is no name. */
  private static String lastName(@Nullable Node node, Blocks out) {
    Node property = node == null ? null : node.in("property");
    return property == null ? name(node, out) : name(property, out);
  }

  private static String name(@Nullable Node node, Blocks out) {
    if (node == null) {
      return "";
    }
    return switch (node.type()) {
      case "identifier",
          "property_identifier",
          "private_property_identifier",
          "type_identifier",
          "nested_identifier",
          "super" ->
          out.source().text(node);
      case "string" -> Source.cut(out.source().text(node.start() + 1, node.end() - 1), 80);
      default -> "";
    };
  }
}
