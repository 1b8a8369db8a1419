package io.logsense.code;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.PackageDeclaration;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MarkerAnnotationExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NormalAnnotationExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SingleMemberAnnotationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.visitor.VoidVisitorWithDefaults;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.ParsedSource;
import io.logsense.code.BlockCollector.Declaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Java blocks by JavaParser: on any JVM, of source that is newer than it, and of broken source. */
final class JavaParserBlocks implements BlockReader {
  private final JavaParser parser = parser(LanguageLevel.JAVA_21);

  /** For source in which {@code yield} is a name. */
  private final JavaParser early = parser(LanguageLevel.JAVA_11);

  private static JavaParser parser(LanguageLevel level) {
    ParserConfiguration configuration =
        new ParserConfiguration()
            .setLanguageLevel(level)
            .setAttributeComments(false)
            .setLexicalPreservationEnabled(false);
    configuration.getProcessors().clear(); // they check the level, and keep line ends and comments
    return new JavaParser(configuration);
  }

  @Override
  public List<ParsedSource> read(List<Input> files) {
    return files.stream().map(this::read).toList();
  }

  private ParsedSource read(Input file) {
    BlockCollector blocks = new BlockCollector(file.path(), file.text());
    ParseResult<CompilationUnit> result = parser.parse(file.text().text());
    if (!result.getProblems().isEmpty()) {
      ParseResult<CompilationUnit> other = early.parse(file.text().text());
      result = other.getProblems().isEmpty() ? other : result;
    }
    result.getResult().ifPresent(unit -> unit.accept(new Visitor(file.text()), blocks));
    String problem =
        result.getProblems().isEmpty()
            ? ""
            : result.getProblems().get(0).getVerboseMessage().lines().findFirst().orElse("broken");
    return new ParsedSource(blocks.blocks(), problem);
  }

  private static final class Visitor extends VoidVisitorWithDefaults<BlockCollector> {
    private final SourceText text;

    Visitor(SourceText text) {
      this.text = text;
    }

    /** The children in the order of the text, in which anonymous types are numbered. */
    @Override
    public void defaultAction(Node node, BlockCollector out) {
      List<Node> children = new ArrayList<>(node.getChildNodes());
      children.sort(Comparator.comparingInt(this::start));
      children.forEach(child -> child.accept(this, out));
    }

    @Override
    public void visit(PackageDeclaration node, BlockCollector out) {
      out.inPackage(node.getNameAsString());
    }

    @Override
    public void visit(ClassOrInterfaceDeclaration node, BlockCollector out) {
      begin(node, node.getNameAsString(), out);
      node.getMembers().forEach(member -> member.accept(this, out));
      out.endType();
    }

    @Override
    public void visit(EnumDeclaration node, BlockCollector out) {
      begin(node, node.getNameAsString(), out);
      node.getEntries().forEach(entry -> entry.accept(this, out));
      node.getMembers().forEach(member -> member.accept(this, out));
      out.endType();
    }

    @Override
    public void visit(RecordDeclaration node, BlockCollector out) {
      begin(node, node.getNameAsString(), out);
      node.getMembers().forEach(member -> member.accept(this, out));
      out.endType();
    }

    @Override
    public void visit(AnnotationDeclaration node, BlockCollector out) {
      begin(node, node.getNameAsString(), out);
      node.getMembers().forEach(member -> member.accept(this, out));
      out.endType();
    }

    @Override
    public void visit(EnumConstantDeclaration node, BlockCollector out) {
      String type =
          node.getParentNode()
              .filter(EnumDeclaration.class::isInstance)
              .map(parent -> ((EnumDeclaration) parent).getNameAsString())
              .orElse("");
      int start = start(node);
      out.beginField(new Declaration(CodeBlock.STATIC_INITIALIZER, 0, start, start, end(node)));
      out.mention(Kind.CREATION, type, node.getArguments().size(), start(node.getName()));
      node.getArguments().forEach(argument -> argument.accept(this, out));
      if (!node.getClassBody().isEmpty()) {
        anonymous(node.getClassBody(), out);
      }
      out.endBlock();
    }

    @Override
    public void visit(MethodDeclaration node, BlockCollector out) {
      int bodyStart = node.getBody().map(this::start).orElse(end(node));
      block(node, node.getNameAsString(), node.getParameters().size(), bodyStart, out);
      node.getBody().ifPresent(body -> body.accept(this, out));
      out.endBlock();
    }

    @Override
    public void visit(ConstructorDeclaration node, BlockCollector out) {
      constructor(node, node.getParameters().size(), node.getBody(), out);
    }

    @Override
    public void visit(CompactConstructorDeclaration node, BlockCollector out) {
      int components =
          node.getParentNode()
              .filter(RecordDeclaration.class::isInstance)
              .map(parent -> ((RecordDeclaration) parent).getParameters().size())
              .orElse(0);
      constructor(node, components, node.getBody(), out);
    }

    @Override
    public void visit(InitializerDeclaration node, BlockCollector out) {
      String name = node.isStatic() ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
      out.beginBlock(new Declaration(name, 0, start(node), start(node), end(node)));
      node.getBody().accept(this, out);
      out.endBlock();
    }

    @Override
    public void visit(FieldDeclaration node, BlockCollector out) {
      boolean isStatic = node.isStatic() || isInInterface(node);
      for (VariableDeclarator variable : node.getVariables()) {
        Optional<Expression> value = variable.getInitializer();
        if (value.isPresent()) {
          String name = isStatic ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
          int start = start(node);
          out.beginField(new Declaration(name, 0, start, start, end(value.get())));
          value.get().accept(this, out);
          out.endBlock();
        }
      }
    }

    @Override
    public void visit(MethodCallExpr node, BlockCollector out) {
      node.getScope().ifPresent(scope -> scope.accept(this, out));
      String name = node.getNameAsString();
      out.mention(Kind.CALL, name, node.getArguments().size(), start(node.getName()));
      boolean logs = node.getScope().isPresent() && BlockCollector.isLogging(name);
      arguments(node.getArguments(), logs, out);
    }

    @Override
    public void visit(MethodReferenceExpr node, BlockCollector out) {
      node.getScope().accept(this, out);
      boolean creates = node.getIdentifier().equals("new");
      if (!creates) {
        out.mention(
            Kind.CALL, node.getIdentifier(), CodeMention.UNKNOWN_ARITY, start(node.getScope()));
      }
    }

    @Override
    public void visit(ObjectCreationExpr node, BlockCollector out) {
      node.getScope().ifPresent(scope -> scope.accept(this, out));
      out.mention(
          Kind.CREATION, node.getType().getNameAsString(), node.getArguments().size(), start(node));
      node.getArguments().forEach(argument -> argument.accept(this, out));
      node.getAnonymousClassBody().ifPresent(members -> anonymous(members, out));
    }

    @Override
    public void visit(ExplicitConstructorInvocationStmt node, BlockCollector out) {
      node.getExpression().ifPresent(scope -> scope.accept(this, out));
      String name = node.isThis() ? "this" : "super";
      out.mention(Kind.CREATION, name, node.getArguments().size(), start(node));
      arguments(node.getArguments(), true, out);
    }

    @Override
    public void visit(ThrowStmt node, BlockCollector out) {
      Expression thrown = node.getExpression();
      while (thrown instanceof EnclosedExpr enclosed) {
        thrown = enclosed.getInner();
      }
      String type =
          thrown instanceof ObjectCreationExpr made ? made.getType().getNameAsString() : "";
      out.mention(Kind.THROW, type, 0, start(node));
      out.beginMessages();
      thrown.accept(this, out);
      out.endMessages();
    }

    @Override
    public void visit(StringLiteralExpr node, BlockCollector out) {
      out.literal(value(node), start(node));
    }

    @Override
    public void visit(TextBlockLiteralExpr node, BlockCollector out) {
      out.literal(value(node), start(node));
    }

    @Override
    public void visit(BinaryExpr node, BlockCollector out) {
      Joined<Expression> joined = new Joined<>();
      flatten(node, joined);
      joined.emit(JavaParserBlocks::literal, this::start, each -> each.accept(this, out), out);
    }

    @Override
    public void visit(MarkerAnnotationExpr node, BlockCollector out) {}

    @Override
    public void visit(NormalAnnotationExpr node, BlockCollector out) {}

    @Override
    public void visit(SingleMemberAnnotationExpr node, BlockCollector out) {}

    private void begin(Node node, String name, BlockCollector out) {
      boolean isLocal = node.getParentNode().filter(parent -> !isType(parent)).isPresent();
      if (isLocal) {
        out.beginLocalType(name);
      } else {
        out.beginType(name);
      }
    }

    private static boolean isType(Node node) {
      return node instanceof CompilationUnit
          || node instanceof BodyDeclaration
          || node instanceof ObjectCreationExpr;
    }

    private static boolean isInInterface(FieldDeclaration node) {
      return node.getParentNode()
          .filter(
              parent ->
                  parent instanceof AnnotationDeclaration
                      || (parent instanceof ClassOrInterfaceDeclaration type && type.isInterface()))
          .isPresent();
    }

    private void constructor(Node node, int arity, BlockStmt body, BlockCollector out) {
      block(node, CodeBlock.CONSTRUCTOR, arity, start(body), out);
      body.accept(this, out);
      out.endBlock();
    }

    private void block(Node node, String name, int arity, int bodyStart, BlockCollector out) {
      out.beginBlock(new Declaration(name, arity, start(node), bodyStart, end(node)));
    }

    private void anonymous(NodeList<BodyDeclaration<?>> members, BlockCollector out) {
      out.beginLocalType("");
      members.forEach(member -> member.accept(this, out));
      out.endType();
    }

    private void arguments(List<Expression> arguments, boolean areMessages, BlockCollector out) {
      if (areMessages) {
        out.beginMessages();
      }
      arguments.forEach(argument -> argument.accept(this, out));
      if (areMessages) {
        out.endMessages();
      }
    }

    private int start(Node node) {
      return node.getBegin().map(this::offset).orElse(0);
    }

    private int end(Node node) {
      return node.getEnd().map(position -> offset(position) + 1).orElse(0);
    }

    private int offset(Position position) {
      return text.offset(position.line, position.column);
    }
  }

  private static void flatten(BinaryExpr node, Joined<Expression> out) {
    Deque<BinaryExpr> spine = new ArrayDeque<>(); // a chain may be longer than the stack is deep
    Expression left = node;
    while (left instanceof BinaryExpr binary) {
      spine.push(binary);
      left = binary.getLeft();
    }
    out.add(left);
    for (BinaryExpr binary : spine) {
      out.add(binary.getRight(), binary.getOperator() == BinaryExpr.Operator.PLUS);
    }
  }

  private static String literal(Expression node) {
    return node instanceof StringLiteralExpr || node instanceof TextBlockLiteralExpr
        ? value(node)
        : "";
  }

  private static String value(Expression literal) {
    try {
      return literal instanceof TextBlockLiteralExpr block
          ? block.translateEscapes()
          : ((StringLiteralExpr) literal).asString();
    } catch (RuntimeException e) {
      return ""; // an escape that does not exist
    }
  }
}
