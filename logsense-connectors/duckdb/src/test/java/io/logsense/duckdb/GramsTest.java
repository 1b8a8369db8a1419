package io.logsense.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GramsTest {
  @Test
  void takesShortRunsAlways() {
    assertThat(grams("a 1")).contains("a", " ", "1", "a ", " 1", "a 1");
  }

  @Test
  void takesLongRunsOfWordsAndOfIdsButNotAcrossBoth() {
    assertThat(grams("to cart 1234567"))
        .contains("to c", "o cart", "123456", "234567")
        .doesNotContain("rt 123", " 12345", "1234");
  }

  @Test
  void takesAddressesAsIds() {
    assertThat(grams("10.20.30.4")).contains("10.20.", "0.30.4");
  }

  @Test
  void foldsLettersOfAsciiAlone() {
    assertThat(grams("AbC")).contains("abc");
    assertThat(grams("\u00C4")).isNotEqualTo(grams("\u00E4"));
  }

  /** What the whole index rests on. */
  @Test
  void whatIsTakenOfAPartIsTakenOfTheWhole() {
    Random random = new Random(17);
    for (int i = 0; i < 3_000; i++) {
      String whole = HostileTexts.next(random);
      int from = random.nextInt(whole.length() + 1);
      int to = from + random.nextInt(whole.length() - from + 1);
      String part = HostileTexts.kept(whole).substring(from, to);

      assertThat(grams(HostileTexts.kept(whole))).containsAll(whole(part));
    }
  }

  /** The pieces of a part that ends between characters; half a pair would be another text. */
  private static Set<String> whole(String part) {
    return HostileTexts.kept(part).equals(part) ? grams(part) : Set.of();
  }

  private static Set<String> grams(String text) {
    List<String> grams = new ArrayList<>();
    Grams.of(
        text.getBytes(StandardCharsets.UTF_8),
        (run, length) -> {
          StringBuilder bytes = new StringBuilder();
          for (int i = length - 1; i >= 0; i--) {
            bytes.append((char) (run >>> 8 * i & 0xFF));
          }
          assertThat(run >>> 8 * length).isZero();
          grams.add(bytes.toString());
        });
    return new HashSet<>(grams);
  }
}
