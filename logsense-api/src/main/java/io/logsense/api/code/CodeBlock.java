package io.logsense.api.code;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One method, constructor or initializer of a source file.
 *
 * <p>Immutable. Code inside lambdas belongs to the block around it; methods of anonymous and local
 * classes are blocks of their own, inside another's lines.
 */
public final class CodeBlock {
  /** The method name of constructors and of what runs when an object is made. */
  public static final String CONSTRUCTOR = "<init>";

  /** The method name of what runs when a class is loaded. */
  public static final String STATIC_INITIALIZER = "<clinit>";

  private final CodeOrigin origin;
  private final String file;
  private final String className;
  private final String method;
  private final int arity;
  private final String signature;
  private final String doc;
  private final int startLine;
  private final int endLine;
  private final List<CodeMention> mentions;

  private CodeBlock(Builder b) {
    origin = b.origin;
    file = b.file;
    className = b.className;
    method = b.method;
    arity = b.arity;
    signature = b.signature;
    doc = b.doc;
    startLine = b.startLine;
    endLine = b.endLine;
    mentions = List.copyOf(b.mentions);
  }

  /** A builder for the block of {@code file} that {@code method} of {@code className} is. */
  public static Builder builder(String file, String className, String method, int arity) {
    return new Builder(file, className, method, arity);
  }

  /** Which source code it is a part of. */
  public CodeOrigin origin() {
    return origin;
  }

  /** Path from the root of the source tree, with slashes. */
  public String file() {
    return file;
  }

  /** Binary name of the type: {@code com.shop.Cart$Item}, {@code com.shop.Cart$1}. */
  public String className() {
    return className;
  }

  /** Simple name, {@link #CONSTRUCTOR} or {@link #STATIC_INITIALIZER}. */
  public String method() {
    return method;
  }

  /** Number of declared parameters. */
  public int arity() {
    return arity;
  }

  /** What names it in its index: {@code com.shop.Cart$Item#total/1}; overloads may share one. */
  public String symbol() {
    return className + "#" + method + "/" + arity;
  }

  /** The declaration without body and annotations, blanks collapsed; empty for an initializer. */
  public String signature() {
    return signature;
  }

  /** The doc comment without its frame, blanks collapsed and cut at a limit; empty for none. */
  public String doc() {
    return doc;
  }

  /** First line of the declaration, annotations included, 1-based. */
  public int startLine() {
    return startLine;
  }

  /** Last line, 1-based, inclusive. */
  public int endLine() {
    return endLine;
  }

  /** Whether {@code line} is one of its lines. */
  public boolean contains(int line) {
    return line >= startLine && line <= endLine;
  }

  /** What its body mentions, by line; without the bodies of blocks inside it. */
  public List<CodeMention> mentions() {
    return mentions;
  }

  /** The same block as part of {@code origin}. */
  public CodeBlock from(CodeOrigin newOrigin) {
    Builder b = builder(file, className, method, arity).lines(startLine, endLine);
    return b.words(signature, doc).mentions(mentions).origin(newOrigin).build();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof CodeBlock other
        && origin.equals(other.origin)
        && file.equals(other.file)
        && symbol().equals(other.symbol())
        && signature.equals(other.signature)
        && doc.equals(other.doc)
        && startLine == other.startLine
        && endLine == other.endLine
        && mentions.equals(other.mentions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, className, method, arity, startLine, endLine);
  }

  @Override
  public String toString() {
    return symbol() + " (" + file + ":" + startLine + "-" + endLine + ")";
  }

  /** Collects the facts of one block. */
  public static final class Builder {
    private final String file;
    private final String className;
    private final String method;
    private final int arity;
    private CodeOrigin origin = CodeOrigin.UNKNOWN;
    private String signature = "";
    private String doc = "";
    private int startLine = 1;
    private int endLine = 1;
    private List<CodeMention> mentions = List.of();

    private Builder(String file, String className, String method, int arity) {
      this.file = Objects.requireNonNull(file, "file");
      this.className = Objects.requireNonNull(className, "className");
      this.method = Objects.requireNonNull(method, "method");
      this.arity = arity;
    }

    /** Sets which source code it is a part of. */
    public Builder origin(CodeOrigin value) {
      origin = value;
      return this;
    }

    /** Sets signature and doc comment. */
    public Builder words(String newSignature, String newDoc) {
      signature = newSignature;
      doc = newDoc;
      return this;
    }

    /** Sets first and last line, 1-based, inclusive. */
    public Builder lines(int start, int end) {
      startLine = start;
      endLine = end;
      return this;
    }

    /** Sets what the body mentions. */
    public Builder mentions(List<CodeMention> value) {
      mentions = value;
      return this;
    }

    /** The block. */
    public CodeBlock build() {
      if (arity < 0 || startLine < 1 || endLine < startLine) {
        throw new IllegalArgumentException(
            "%s#%s/%d cannot have the lines %d to %d"
                .formatted(className, method, arity, startLine, endLine));
      }
      return new CodeBlock(this);
    }
  }
}
