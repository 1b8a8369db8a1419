package io.logsense.code;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.ParsedSource;
import io.logsense.code.BlockCollector.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Java blocks by the tree API of the JDK's compiler, which only parses: several times as fast. */
final class JdkTreeBlocks implements BlockReader {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-Xlint:none");

  private final JavaCompiler compiler;
  private final StandardJavaFileManager fileManager;

  private JdkTreeBlocks(JavaCompiler compiler) {
    this.compiler = compiler;
    fileManager = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
  }

  /** A reader, or null where this JVM has no compiler. */
  static @Nullable JdkTreeBlocks ifThereIsACompiler() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    return compiler == null ? null : new JdkTreeBlocks(compiler);
  }

  /** One task for all files: to begin a task costs more than to parse a file. */
  @Override
  public List<ParsedSource> read(List<Input> files) {
    List<Text> texts =
        IntStream.range(0, files.size()).mapToObj(i -> new Text(i, files.get(i).text())).toList();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(Writer.nullWriter(), fileManager, problems, OPTIONS, null, texts);
    ParsedSource[] parsed = new ParsedSource[files.size()];
    Arrays.fill(parsed, new ParsedSource(List.of(), "could not be read"));
    try {
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        int number = Text.number(unit.getSourceFile());
        Input file = files.get(number);
        BlockCollector blocks = new BlockCollector(file.path(), file.text());
        unit.accept(new Visitor(unit, file.text(), positions), blocks);
        parsed[number] = new ParsedSource(blocks.blocks(), "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // texts in memory have none
    }
    for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
      JavaFileObject source = problem.getSource();
      if (problem.getKind() == Diagnostic.Kind.ERROR && source != null) {
        int number = Text.number(source);
        if (parsed[number].problem().isEmpty()) {
          String words = "line " + problem.getLineNumber() + ": " + problem.getMessage(Locale.ROOT);
          parsed[number] = new ParsedSource(parsed[number].blocks(), words);
        }
      }
    }
    return List.of(parsed);
  }

  /** A text with a number, by which it is known behind the wrappers of the compiler. */
  private static final class Text extends SimpleJavaFileObject {
    private final SourceText text;

    Text(int number, SourceText text) {
      super(URI.create("text:///" + number + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    static int number(JavaFileObject file) {
      String path = file.toUri().getPath();
      return Integer.parseInt(path.substring(1, path.indexOf('.')));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text.text();
    }
  }

  private static final class Visitor extends TreeScanner<@Nullable Void, BlockCollector> {
    private final CompilationUnitTree unit;
    private final SourceText text;
    private final SourcePositions positions;

    Visitor(CompilationUnitTree unit, SourceText text, SourcePositions positions) {
      this.unit = unit;
      this.text = text;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree node, BlockCollector out) {
      ExpressionTree name = node.getPackageName();
      out.inPackage(name == null ? "" : name.toString());
      for (Tree type : node.getTypeDecls()) {
        if (type instanceof ClassTree declaration) {
          member(declaration, out);
        }
      }
      return null;
    }

    /** A class in a body: members are met by {@link #members}. */
    @Override
    public @Nullable Void visitClass(ClassTree node, BlockCollector out) {
      out.beginLocalType(node.getSimpleName().toString());
      members(node, out);
      out.endType();
      return null;
    }

    private void member(ClassTree node, BlockCollector out) {
      out.beginType(node.getSimpleName().toString());
      members(node, out);
      out.endType();
    }

    private void members(ClassTree type, BlockCollector out) {
      for (Tree member : type.getMembers()) {
        if (member instanceof ClassTree nested) {
          member(nested, out);
        } else if (member instanceof MethodTree method) {
          if (type.getKind() != Tree.Kind.ANNOTATION_TYPE) {
            method(type, method, out);
          }
        } else if (member instanceof VariableTree field) {
          field(type, field, out);
        } else if (member instanceof BlockTree initializer) {
          String name =
              initializer.isStatic() ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
          int start = start(initializer);
          out.beginBlock(new Declaration(name, 0, start, start, end(initializer)));
          scan(initializer.getStatements(), out);
          out.endBlock();
        }
      }
    }

    private void method(ClassTree type, MethodTree node, BlockCollector out) {
      int start = start(node);
      BlockTree body = node.getBody();
      int end = end(node);
      int bodyStart = body == null ? end : start(body);
      out.beginBlock(
          new Declaration(
              node.getName().toString(), arity(type, node, bodyStart), start, bodyStart, end));
      if (body != null) {
        scan(body.getStatements(), out);
      }
      out.endBlock();
    }

    /** The compact constructor of a record has the record's components for parameters. */
    private int arity(ClassTree type, MethodTree node, int bodyStart) {
      int declared = node.getParameters().size();
      boolean mayBeCompact =
          declared == 0
              && type.getKind() == Tree.Kind.RECORD
              && node.getName().contentEquals(CodeBlock.CONSTRUCTOR);
      if (!mayBeCompact || text.signature(start(node), bodyStart).contains("(")) {
        return declared;
      }
      return (int)
          type.getMembers().stream()
              .filter(VariableTree.class::isInstance)
              .filter(member -> !isStatic((VariableTree) member))
              .count();
    }

    private void field(ClassTree type, VariableTree node, BlockCollector out) {
      ExpressionTree value = node.getInitializer();
      if (value == null) {
        return;
      }
      int start = start(node);
      boolean isStatic =
          isStatic(node)
              || type.getKind() == Tree.Kind.INTERFACE
              || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
      boolean isConstant = type.getKind() == Tree.Kind.ENUM && isConstant(node, start);
      String name = isStatic || isConstant ? CodeBlock.STATIC_INITIALIZER : CodeBlock.CONSTRUCTOR;
      out.beginField(new Declaration(name, 0, start, start, end(value)));
      scan(value, out);
      out.endBlock();
    }

    private boolean isConstant(VariableTree node, int start) {
      String words = text.signature(start, end(node));
      String name = node.getName().toString();
      return words.startsWith(name)
          && (words.length() == name.length()
              || !Character.isJavaIdentifierPart(words.charAt(name.length())));
    }

    private static boolean isStatic(VariableTree node) {
      return node.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, BlockCollector out) {
      ExpressionTree select = node.getMethodSelect();
      String name;
      int at;
      boolean hasScope = select instanceof MemberSelectTree;
      if (select instanceof MemberSelectTree member) {
        scan(member.getExpression(), out);
        name = member.getIdentifier().toString();
        at = end(member) - name.length();
      } else {
        name = select instanceof IdentifierTree identifier ? identifier.getName().toString() : "";
        at = start(node);
      }
      boolean constructs = name.equals("this") || name.equals("super");
      int arity = node.getArguments().size();
      out.mention(
          constructs ? Kind.CREATION : Kind.CALL, name, arity, constructs ? start(node) : at);
      boolean areMessages = constructs || (hasScope && BlockCollector.isLogging(name));
      if (areMessages) {
        out.beginMessages();
      }
      scan(node.getArguments(), out);
      if (areMessages) {
        out.endMessages();
      }
      return null;
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree node, BlockCollector out) {
      scan(node.getQualifierExpression(), out);
      if (node.getMode() == MemberReferenceTree.ReferenceMode.INVOKE) {
        out.mention(
            Kind.CALL,
            node.getName().toString(),
            CodeMention.UNKNOWN_ARITY,
            start(node.getQualifierExpression()));
      }
      return null;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, BlockCollector out) {
      scan(node.getEnclosingExpression(), out);
      out.mention(
          Kind.CREATION, simpleName(node.getIdentifier()), node.getArguments().size(), start(node));
      scan(node.getArguments(), out);
      ClassTree body = node.getClassBody();
      if (body != null) {
        out.beginLocalType("");
        members(body, out);
        out.endType();
      }
      return null;
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree node, BlockCollector out) {
      ExpressionTree thrown = node.getExpression();
      while (thrown instanceof ParenthesizedTree enclosed) {
        thrown = enclosed.getExpression();
      }
      String type = thrown instanceof NewClassTree made ? simpleName(made.getIdentifier()) : "";
      out.mention(Kind.THROW, type, 0, start(node));
      out.beginMessages();
      scan(thrown, out);
      out.endMessages();
      return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree node, BlockCollector out) {
      if (node.getValue() instanceof String value) {
        out.literal(value, start(node));
      }
      return null;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree node, BlockCollector out) {
      Joined<ExpressionTree> joined = new Joined<>();
      Deque<BinaryTree> spine = new ArrayDeque<>(); // a chain may be longer than the stack is deep
      ExpressionTree left = node;
      while (left instanceof BinaryTree binary) {
        spine.push(binary);
        left = binary.getLeftOperand();
      }
      joined.add(left);
      for (BinaryTree binary : spine) {
        joined.add(binary.getRightOperand(), binary.getKind() == Tree.Kind.PLUS);
      }
      joined.emit(
          operand ->
              operand instanceof LiteralTree literal && literal.getValue() instanceof String value
                  ? value
                  : "",
          this::start,
          operand -> scan(operand, out),
          out);
      return null;
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree node, BlockCollector out) {
      return null;
    }

    private static String simpleName(Tree type) {
      if (type instanceof ParameterizedTypeTree parameterized) {
        return simpleName(parameterized.getType());
      }
      if (type instanceof AnnotatedTypeTree annotated) {
        return simpleName(annotated.getUnderlyingType());
      }
      if (type instanceof MemberSelectTree member) {
        return member.getIdentifier().toString();
      }
      return type instanceof IdentifierTree name ? name.getName().toString() : "";
    }

    private int start(Tree node) {
      return (int) Math.max(0, positions.getStartPosition(unit, node));
    }

    private int end(Tree node) {
      long end = positions.getEndPosition(unit, node);
      return end < 0 ? start(node) : (int) end;
    }
  }
}
