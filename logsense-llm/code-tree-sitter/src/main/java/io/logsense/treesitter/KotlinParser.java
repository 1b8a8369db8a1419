package io.logsense.treesitter;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.treesitter.Blocks.Declaration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of Kotlin source, by the names that they have in the JVM: {@code com.shop.Cart$Companion},
 * {@code com.shop.CartKt} for what stands outside of classes, {@code getTotal} for an accessor.
 *
 * <p>Anonymous objects are numbered within their class, which is not quite what the compiler does;
 * their lines tell them apart.
 */
public final class KotlinParser extends TreeSitterParser {
  /** Functions of the standard library that only throw, or throw when a condition fails. */
  private static final Map<String, String> THROWING =
      Map.of(
          "error", "IllegalStateException",
          "check", "IllegalStateException",
          "checkNotNull", "IllegalStateException",
          "require", "IllegalArgumentException",
          "requireNotNull", "IllegalArgumentException",
          "TODO", "NotImplementedError");

  private static final int MOST_VALUES = 1_000;

  /** A parser, which reads nothing while its grammar is missing. */
  public KotlinParser() {
    super("kotlin");
  }

  @Override
  @Nullable Grammar grammar(String path) {
    return path.endsWith(".kt") || path.endsWith(".kts") ? Grammar.KOTLIN : null;
  }

  /** The grammar keeps count of the texts it is in, and ends the process at 1024. */
  @Override
  String refusal(Source source) {
    int values = source.count('$');
    return values > MOST_VALUES ? "has " + values + " values in texts and was left out" : "";
  }

  @Override
  boolean isDeclaration(String type) {
    return switch (type) {
      case "property_declaration" -> false;
      default -> true;
    };
  }

  @Override
  boolean isText(Node node) {
    return node.is("string_literal");
  }

  @Override
  void walk(Node root, Blocks out) {
    Node header = root.of("package_header");
    Node name = header == null ? null : header.of("identifier");
    String prefix = name == null ? "" : out.source().text(name) + ".";
    String file = prefix + fileClass(root, out);
    for (int i = 0; i < root.children().size(); i++) {
      Node child = root.children().get(i);
      boolean isType = child.is("class_declaration") || child.is("object_declaration");
      if (isType) {
        type(child, prefix + typeName(child, out), out);
      } else {
        member(root.children(), i, file, true, out);
      }
    }
  }

  /** What {@code @file:JvmName} says, else the name of the file: {@code CartKt}. */
  private static String fileClass(Node root, Blocks out) {
    Node annotation = root.of("file_annotation");
    String words = annotation == null ? "" : out.source().text(annotation);
    int open = words.indexOf("JvmName(\"");
    int close = words.indexOf('"', open + 9);
    if (open >= 0 && close > 0) {
      return words.substring(open + 9, close);
    }
    String path = out.path();
    String name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    StringBuilder type = new StringBuilder();
    name.chars()
        .map(c -> Character.isJavaIdentifierPart(c) ? c : '_')
        .forEach(c -> type.append((char) c));
    String start = type.substring(0, Math.min(1, type.length()));
    return start.toUpperCase(java.util.Locale.ROOT) + type.substring(start.length()) + "Kt";
  }

  private static String typeName(Node type, Blocks out) {
    Node name = type.of("type_identifier");
    return name != null ? out.source().text(name) : type.is("companion_object") ? "Companion" : "1";
  }

  /** The members of a type, whose binary name is given. */
  private void type(Node node, String name, Blocks out) {
    Node body = node.of("class_body");
    body = body == null ? node.of("enum_class_body") : body;
    boolean isObject = !node.is("class_declaration") && !node.is("object_literal");
    int headEnd = body == null ? node.end() : body.start();
    out.beginStatements(
        name,
        isObject ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR,
        node.start(),
        headEnd);
    for (Node child : node.children()) {
      if (child.is("primary_constructor") || child.is("delegation_specifier")) {
        visit(child, name, out);
      }
    }
    out.end();
    for (int i = 0; body != null && i < body.children().size(); i++) {
      member(body.children(), i, name, isObject, out);
    }
  }

  private void member(List<Node> members, int at, String owner, boolean isObject, Blocks out) {
    Node node = members.get(at);
    String initializer = isObject ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
    switch (node.type()) {
      case "class_declaration", "object_declaration", "companion_object" ->
          type(node, owner + "$" + typeName(node, out), out);
      case "enum_entry" -> {
        statements(node, owner, CodeBlock.STATIC_INITIALIZER, out);
        if (node.of("class_body") != null) {
          type(node, owner + "$" + nameOf(node, out), out);
        }
      }
      case "anonymous_initializer", "property_declaration" ->
          statements(node, owner, initializer, out);
      case "secondary_constructor" -> function(node, CodeBlock.CONSTRUCTOR, owner, out);
      case "getter" -> function(node, accessor("get", members, at, out), owner, out);
      case "setter" -> function(node, accessor("set", members, at, out), owner, out);
      default -> {
        out.beginStatements(owner, initializer, node.start(), node.end());
        visit(node, owner, out);
        out.end();
      }
    }
  }

  private void statements(Node node, String owner, String name, Blocks out) {
    out.beginStatements(owner, name, node.start(), node.end());
    for (Node child : node.children()) {
      if (!child.is("class_body")) {
        visit(child, owner, out);
      }
    }
    out.end();
  }

  /** {@code getTotal} for the accessor after {@code val total}; {@code isOpen} keeps its name. */
  private static String accessor(String prefix, List<Node> members, int at, Blocks out) {
    int before = at;
    while (before > 0 && !members.get(before).is("property_declaration")) {
      before--;
    }
    Node variable = members.get(before).of("variable_declaration");
    String name = variable == null ? "" : nameOf(variable, out);
    boolean isQuestion = name.startsWith("is") && isCapital(name.substring(2));
    if (isQuestion) {
      return prefix.equals("get") ? name : prefix + name.substring(2);
    }
    return name.isEmpty()
        ? prefix
        : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String nameOf(Node node, Blocks out) {
    Node name = node.of("simple_identifier");
    return name == null ? "" : out.source().text(name);
  }

  private void function(Node node, String name, String owner, Blocks out) {
    Node body = node.of("function_body");
    body = body == null ? node.of("statements") : body;
    Node delegation = node.of("constructor_delegation_call");
    int signatureEnd =
        delegation != null ? delegation.start() : body == null ? node.end() : body.start();
    Node modifiers = node.of("modifiers");
    Node last = modifiers == null ? null : lastAnnotation(modifiers);
    out.begin(
        new Declaration(
            owner,
            name,
            arity(node),
            node.start(),
            last == null ? node.start() : last.end(),
            signatureEnd,
            node.end()),
        out.source().docBefore(node.start(), false));
    visitAll(node, owner, out);
    out.end();
  }

  private static @Nullable Node lastAnnotation(Node modifiers) {
    Node last = null;
    for (Node each : modifiers.children()) {
      last = each.is("annotation") ? each : last;
    }
    return last;
  }

  private static int arity(Node node) {
    Node parameters = node.of("function_value_parameters");
    return parameters == null
        ? node.is("setter") ? 1 : 0
        : (int) parameters.children().stream().filter(each -> each.is("parameter")).count();
  }

  @Override
  void visit(Node node, String owner, Blocks out) {
    switch (node.type()) {
      case "function_declaration" -> {
        String name = nameOf(node, out);
        function(node, name.isEmpty() ? "1" : name, owner, out);
      }
      case "class_declaration", "object_declaration", "companion_object" ->
          type(node, owner + "$" + typeName(node, out), out);
      case "object_literal" -> type(node, owner + "$" + out.number(owner), out);
      case "call_expression" -> call(node, owner, out);
      case "constructor_invocation" -> {
        Node type = node.of("user_type");
        Node name = type == null ? null : type.of("type_identifier");
        out.mention(Kind.CREATION, name == null ? "" : out.source().text(name), node);
        visitAll(node, owner, out);
      }
      case "constructor_delegation_call" -> {
        boolean isOwn = out.source().startsWith(node.start(), "this");
        out.mention(Kind.CREATION, isOwn ? "this" : "super", node);
        visitAll(node, owner, out);
      }
      case "callable_reference" -> out.mention(Kind.CALL, nameOf(node, out), node);
      case "jump_expression" -> {
        if (out.source().startsWith(node.start(), "throw")) {
          Node made = node.of("call_expression");
          out.mention(Kind.THROW, made == null ? "" : calledName(made, out), node);
          visitMessages(node, owner, out);
        } else {
          visitAll(node, owner, out);
        }
      }
      case "string_literal" -> out.text(text(node, owner, out), node);
      case "additive_expression" -> joined(node, owner, out);
      case "modifiers", "user_type", "import_list", "package_header", "file_annotation" -> {}
      default -> visitAll(node, owner, out);
    }
  }

  private void call(Node node, String owner, Blocks out) {
    String name = calledName(node, out);
    String thrown = THROWING.get(name);
    Node callee = node.children().isEmpty() ? node : node.children().get(0);
    boolean isPlain = callee.is("simple_identifier");
    if (thrown != null && isPlain) {
      out.mention(Kind.THROW, thrown, node);
    } else if (!name.isEmpty()) {
      Node suffix = callee.of("navigation_suffix");
      call(name, suffix == null ? callee : suffix, true, out);
    }
    boolean says = (thrown != null && isPlain) || isSaying(name);
    for (Node child : node.children()) {
      if (says && child.is("call_suffix")) {
        visitMessages(child, owner, out);
      } else {
        visit(child, owner, out);
      }
    }
  }

  /** The function of {@code f(x)}, {@code a.f(x)} and {@code f(x) { … }}. */
  private static String calledName(Node call, Blocks out) {
    Node callee = call.children().isEmpty() ? call : call.children().get(0);
    if (callee.is("navigation_expression")) {
      String name = "";
      for (Node child : callee.children()) {
        name = child.is("navigation_suffix") ? nameOf(child, out) : name;
      }
      return name;
    }
    return callee.is("simple_identifier") ? out.source().text(callee) : "";
  }
}
