package io.logsense.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.CodeParser;
import io.logsense.api.code.ParsedSource;
import io.logsense.api.code.SourceFile;
import io.logsense.code.BlockReader.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaBlocksTest {
  /** The root of the repository: tests run in the directory of their module. */
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();

  private static final String CART =
      """
      package com.shop;

      import java.util.List;

      public class Cart {
        private static final Rates RATES = Rates.load("rates.csv");
        private static final int MOST = 40;
        private final List<Item> items = new java.util.ArrayList<>();

        static {
          Audit.started();
        }

        Cart() {
          this(MOST);
        }

        /**
         * What it costs.
         *
         * @param rate of tax
         */
        @Deprecated(since = "(2)")
        public long total(double rate, /* unused */ String... codes) throws PriceException {
          if (rate < 0) {
            throw new PriceException("no such rate: "
                + rate);
          }
          log.warn("cheap " + "cart");
          items.forEach(item -> check(item, rate));
          Runnable later = new Runnable() {
            @Override public void run() { audit(); }
          };
          return items.stream().mapToLong(Item::cents).sum();
        }

        record Item(String name, long cents) {
          Item {
            Names.check(name);
          }
        }

        enum Kind { SMALL, LARGE("l") { void grow() { stop(); } }; Kind(String... s) {} }

        interface Priced {
          long cents();
        }
      }
      """;

  static List<CodeParser> parsers() {
    return List.of(JavaSourceParser.standard(), JavaSourceParser.withoutCompiler());
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void findsMethodsConstructorsAndInitializersWithTheirLines(CodeParser parser) {
    assertThat(parse(parser, CART).blocks())
        .extracting(block -> block.symbol() + " " + block.startLine() + "-" + block.endLine())
        .containsExactly(
            "com.shop.Cart#<clinit>/0 6-6",
            "com.shop.Cart#<init>/0 8-8",
            "com.shop.Cart#<clinit>/0 10-12",
            "com.shop.Cart#<init>/0 14-16",
            "com.shop.Cart#total/2 23-35",
            "com.shop.Cart$1#run/0 32-32",
            "com.shop.Cart$Item#<init>/2 38-40",
            "com.shop.Cart$Kind#<clinit>/0 43-43",
            "com.shop.Cart$Kind#<clinit>/0 43-43",
            "com.shop.Cart$Kind#<init>/1 43-43",
            "com.shop.Cart$Kind$1#grow/0 43-43",
            "com.shop.Cart$Priced#cents/0 46-46");
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void keepsSignatureAndDocCommentWithoutAnnotationsAndFrame(CodeParser parser) {
    CodeBlock total = parse(parser, CART).blocks().get(4);
    assertThat(total.signature())
        .isEqualTo("public long total(double rate, String... codes) throws PriceException");
    assertThat(total.doc()).isEqualTo("What it costs. @param rate of tax");
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void mentionsCallsCreationsThrowsAndMessagesByLine(CodeParser parser) {
    CodeBlock total = parse(parser, CART).blocks().get(4);
    assertThat(total.mentions())
        .contains(
            new CodeMention(Kind.THROW, "PriceException", 0, 26),
            new CodeMention(Kind.CREATION, "PriceException", 1, 26),
            new CodeMention(Kind.MESSAGE, "no such rate:", 0, 26),
            new CodeMention(Kind.MESSAGE, "cheap cart", 0, 29),
            new CodeMention(Kind.CALL, "warn", 1, 29),
            new CodeMention(Kind.CALL, "check", 2, 30),
            new CodeMention(Kind.CREATION, "Runnable", 0, 31),
            new CodeMention(Kind.CALL, "cents", CodeMention.UNKNOWN_ARITY, 34))
        .extracting(CodeMention::text)
        .doesNotContain("audit", "(2)");
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void yieldIsAStatementInNewSourceAndANameInOldSource(CodeParser parser) {
    ParsedSource recent =
        parse(
            parser,
            """
            class New {
              int cost(int kind) {
                return switch (kind) {
                  case 1 -> { yield price(kind) == 0 ? free() : paid(); }
                  default -> 0;
                };
              }
            }
            """);
    ParsedSource old =
        parse(parser, "class Old { int yield; void run() { yield = rate(); stop(); } }");
    assertThat(recent.problem() + old.problem()).isEmpty();
    assertThat(recent.blocks().get(0).mentions())
        .extracting(CodeMention::text)
        .contains("price", "free", "paid");
    assertThat(old.blocks().get(0).mentions())
        .extracting(CodeMention::text)
        .containsExactly("rate", "stop");
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aBrokenFileGivesWhatCanBeReadAndSaysWhere(CodeParser parser) {
    ParsedSource parsed =
        parse(parser, "class A {\n  void good() { run(); }\n  void bad() { int a = ; }\n}\n");
    assertThat(parsed.problem()).contains("line");
    assertThat(parsed.blocks()).extracting(CodeBlock::method).contains("good");
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void hostileFilesAreAnswered(CodeParser parser) {
    assertThat(parse(parser, "class A { \0 }").problem()).isEqualTo("is binary");
    assertThat(parse(parser, "class A { int a = " + "(".repeat(100_000) + "; }").problem())
        .contains("nested");
    assertThat(parse(parser, "").blocks()).isEmpty();
    byte[] latin =
        "class A { void caf\u00e9() {} }".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(parser.parse(List.of(new SourceFile("A.java", latin)))).hasSize(1);
    String sum = "class A { String a() { return " + "b() + ".repeat(20_000) + "c(); } }";
    assertThat(parse(parser, sum)).isNotNull();
    assertThat(parse(parser, "class A { int a() { return " + "-".repeat(50_000) + "1; } }"))
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aFileThatOverflowsTheStackTakesNoOtherFileWithIt(CodeParser parser) {
    String deep = "class A { int a() { return " + "- ".repeat(50_000) + "1; } }";
    List<ParsedSource> parsed =
        parser.parse(List.of(file("A.java", deep), file("Cart.java", CART)));
    assertThat(parsed.get(1).blocks()).hasSize(12);
  }

  @Test
  void bothParsersFindTheSameBlocksInEveryFileOfThisRepository() throws IOException {
    List<Input> files = sources();
    assertThat(files).hasSizeGreaterThan(100);
    BlockReader compiler = Objects.requireNonNull(JdkTreeBlocks.ifThereIsACompiler());
    List<ParsedSource> fast = compiler.read(files);
    List<ParsedSource> thorough = new JavaParserBlocks().read(files);
    for (int i = 0; i < files.size(); i++) {
      assertThat(fast.get(i).problem()).as(files.get(i).path()).isEmpty();
      assertThat(thorough.get(i).blocks()).as(files.get(i).path()).isEqualTo(fast.get(i).blocks());
    }
  }

  private static List<Input> sources() throws IOException {
    List<Input> files = new ArrayList<>();
    for (String module : List.of("logsense-api", "logsense-core")) {
      try (Stream<Path> paths = Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
          files.add(new Input(path.toString(), new SourceText(Files.readAllBytes(path))));
        }
      }
    }
    return files;
  }

  private static ParsedSource parse(CodeParser parser, String source) {
    return parser.parse(List.of(file("Cart.java", source))).get(0);
  }

  private static SourceFile file(String path, String source) {
    return new SourceFile(path, source.getBytes(UTF_8));
  }
}
