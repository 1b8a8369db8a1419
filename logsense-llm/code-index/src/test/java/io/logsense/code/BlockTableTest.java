package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.CodeOrigin;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockTableTest {
  @Test
  void aTrimmedPoolFindsEveryTextAndNoOther() {
    StringPool pool = new StringPool();
    int texts = 3_000;
    IntStream.range(0, texts).forEach(i -> pool.add("text " + i));
    pool.trim();
    for (int i = 0; i < texts; i++) {
      assertThat(pool.get(pool.find("text " + i))).isEqualTo("text " + i);
      assertThat(pool.find("other " + i)).isEqualTo(-1);
    }
    assertThat(pool.add("text 7")).isEqualTo(pool.find("text 7"));
    assertThat(pool.get(pool.add("new"))).isEqualTo("new");
  }

  @Test
  void postingsAreThePlacesOfANumberInTheirOrder() {
    Postings postings = new Postings(new int[] {4, 0, 2, 4, 2, 4}, 4);
    assertThat(postings.of(0)).containsExactly(1);
    assertThat(postings.of(1)).isEmpty();
    assertThat(postings.of(2)).containsExactly(2, 4);
    assertThat(postings.of(4)).containsExactly(0, 3, 5);
  }

  @Test
  void linesBeyondSixteenBitsAreExact() {
    CodeBlock block =
        CodeBlock.builder("a/One.java", "a.One", "run", 300)
            .lines(65_530, 131_000)
            .mentions(
                List.of(
                    new CodeMention(Kind.CALL, "first", 1, 65_530),
                    new CodeMention(Kind.CALL, "middle", 2, 65_537),
                    new CodeMention(Kind.CALL, "last", CodeMention.UNKNOWN_ARITY, 131_000)))
            .build();
    BlockTable.Builder table = new BlockTable.Builder(CodeOrigin.UNKNOWN);
    table.add("a/One.java", "", List.of(block));
    CodeBlock kept = table.build().block(0);
    assertThat(kept.mentions()).isEqualTo(block.mentions());
    assertThat(kept.arity()).isEqualTo(255);
  }
}
