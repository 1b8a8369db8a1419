package io.logsense.treesitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.StackTraces;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeParser;
import io.logsense.api.code.ParsedSource;
import io.logsense.api.code.SourceFile;
import io.logsense.api.event.StackTrace;
import java.util.List;

/** Sources as texts. */
final class Sources {
  private Sources() {}

  static ParsedSource parse(CodeParser parser, String path, String text) {
    return parser.parse(List.of(new SourceFile(path, text.getBytes(UTF_8)))).get(0);
  }

  /** Blocks as {@code symbol lines}. */
  static List<String> places(CodeParser parser, String path, String text) {
    return parse(parser, path, text).blocks().stream()
        .map(block -> block.symbol() + " " + block.startLine() + "-" + block.endLine())
        .toList();
  }

  static CodeBlock block(CodeParser parser, String path, String text, String symbol) {
    return parse(parser, path, text).blocks().stream()
        .filter(block -> block.symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  /** Mentions as {@code line KIND text}. */
  static List<String> mentions(CodeBlock block) {
    return block.mentions().stream().map(Sources::words).toList();
  }

  private static String words(CodeMention mention) {
    return mention.line() + " " + mention.kind() + " " + mention.text();
  }

  /** The first trace that the engine finds in a text. */
  static StackTrace trace(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return StackTraces.extractor().extract(bytes, 0, bytes.length).get(0);
  }
}
