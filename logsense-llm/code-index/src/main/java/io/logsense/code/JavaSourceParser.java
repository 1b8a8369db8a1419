package io.logsense.code;

import io.logsense.api.code.CodeParser;
import io.logsense.api.code.ParsedSource;
import io.logsense.api.code.SourceFile;
import io.logsense.code.BlockReader.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of Java source of any version.
 *
 * <p>The compiler of the JDK reads a file where there is one, and JavaParser what it cannot read or
 * where there is none. Both give the same blocks.
 */
final class JavaSourceParser implements CodeParser {
  /** Deeper nesting than this is no program; parsers need a stack, or far too long, for it. */
  private static final int DEEPEST_NESTING = 250;

  private final @Nullable BlockReader fast;
  private final BlockReader thorough;

  private JavaSourceParser(@Nullable BlockReader fast, BlockReader thorough) {
    this.fast = fast;
    this.thorough = thorough;
  }

  /** The compiler of this JVM if it has one, else JavaParser. */
  static JavaSourceParser standard() {
    return new JavaSourceParser(JdkTreeBlocks.ifThereIsACompiler(), new JavaParserBlocks());
  }

  /** JavaParser alone. */
  static JavaSourceParser withoutCompiler() {
    return new JavaSourceParser(null, new JavaParserBlocks());
  }

  @Override
  public String language() {
    return "java";
  }

  @Override
  public boolean reads(String path) {
    return path.endsWith(".java");
  }

  @Override
  public List<ParsedSource> parse(List<SourceFile> files) {
    ParsedSource[] parsed = new ParsedSource[files.size()];
    List<Input> inputs = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < parsed.length; i++) {
      SourceText text = new SourceText(files.get(i).bytes());
      String refusal = refusal(text.text());
      parsed[i] = new ParsedSource(List.of(), refusal);
      if (refusal.isEmpty()) {
        inputs.add(new Input(files.get(i).path(), text));
        places.add(i);
      }
    }
    List<ParsedSource> read = read(inputs);
    for (int i = 0; i < read.size(); i++) {
      parsed[places.get(i)] = read.get(i);
    }
    return List.of(parsed);
  }

  private List<ParsedSource> read(List<Input> inputs) {
    if (fast == null || inputs.isEmpty()) {
      return inputs.stream().map(input -> readAlone(thorough, input)).toList();
    }
    List<ParsedSource> quick;
    try {
      quick = fast.read(inputs);
    } catch (StackOverflowError | RuntimeException | AssertionError e) {
      quick =
          inputs.stream().map(input -> readAlone(fast, input)).toList(); // one of them is to blame
    }
    List<ParsedSource> best = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ParsedSource one = quick.get(i);
      best.add(one.problem().isEmpty() ? one : better(one, readAlone(thorough, inputs.get(i))));
    }
    return best;
  }

  private static ParsedSource better(ParsedSource quick, ParsedSource slow) {
    return slow.problem().isEmpty() || slow.blocks().size() > quick.blocks().size() ? slow : quick;
  }

  private static ParsedSource readAlone(BlockReader reader, Input input) {
    try {
      return reader.read(List.of(input)).get(0);
    } catch (StackOverflowError e) {
      return new ParsedSource(List.of(), "is nested too deeply");
    } catch (RuntimeException | AssertionError e) {
      return new ParsedSource(List.of(), "the parser failed: " + e);
    }
  }

  private static String refusal(String text) {
    if (text.indexOf('\0') >= 0) {
      return "is binary";
    }
    return isTooDeep(text) ? "is nested deeper than " + DEEPEST_NESTING + " brackets" : "";
  }

  private static boolean isTooDeep(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '{' || c == '[') {
        if (++depth > DEEPEST_NESTING) {
          return true;
        }
      } else if (c == ')' || c == '}' || c == ']') {
        depth = Math.max(0, depth - 1);
      }
    }
    return false;
  }
}
