package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.logsense.TemplateMiners;
import io.logsense.api.LogSenseException;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a user's patterns match is a variable. */
final class NamedPatternsTest {
  private static final Pattern ORDER = Pattern.compile("ORDER(-[a-z]+)+");

  private final TemplateMiner plain = TemplateMiners.bySignature();
  private final TemplateMiner miner = TemplateMiners.builder().variable("order", ORDER).build();

  @Test
  void aMatchIsAVariableOfThatName() {
    TemplateMatch match = miner.mine("\n placed ORDER-ab-cd by bob 17\nORDER-x");

    assertThat(match.template().text()).isEqualTo("placed <*> by bob <*>");
    assertThat(match.parameters())
        .containsExactly(
            new Parameter("order", "ORDER-ab-cd", "text", 9),
            new Parameter("", "17", "number", 28));
    assertThat(miner.learn("placed ORDER-x by bob 8")).isEqualTo(match.template().id());
    assertThat(miner.match("placed ORDER-y by bob 9").orElseThrow().parameters())
        .containsExactly(
            new Parameter("order", "ORDER-y", "text", 7), new Parameter("", "9", "number", 22));
    assertThat(plain.mine("placed ORDER-ab-cd by bob 17").template().text())
        .isEqualTo("placed ORDER-ab-cd by bob <*>");
  }

  @Test
  void aMatchThatIsTheValueOfAKeyHasItsOwnName() {
    assertThat(miner.mine("ref=ORDER-ab {\"ref\":\"ORDER-cd\",\"n\":1}").parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("order", "ORDER-ab"), tuple("order", "ORDER-cd"), tuple("n", "1"));
  }

  @Test
  void aMatchInsideAValueStandsBesideIt() {
    TemplateMatch match = miner.mine("noted note=\"see ORDER-ab now\" in /var/ORDER-cd/x");

    assertThat(match.template().text()).isEqualTo("noted note=\"<*>\" in <*>");
    assertThat(match.parameters())
        .containsExactly(
            new Parameter("note", "see ORDER-ab now", "text", 12),
            new Parameter("order", "ORDER-ab", "text", 16),
            new Parameter("", "/var/", "path", 33),
            new Parameter("order", "ORDER-cd", "text", 38),
            new Parameter("", "/x", "path", 46));
  }

  @Test
  void aMatchThatIsAJsonKeyIsAVariableToo() {
    TemplateMatch match = miner.mine("{\"ORDER-ab\":\"open\"}");

    assertThat(match.template().text()).isEqualTo("{\"<*>\":\"<*>\"}");
    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("order", "ORDER-ab"), tuple("<*>", "open"));
  }

  @Test
  void patternsComeInTheOrderGiven() {
    TemplateMiner both =
        TemplateMiners.builder()
            .variable("quoted", Pattern.compile("'[^']*'"))
            .variable("word", Pattern.compile("[a-z]+'?"))
            .build();

    assertThat(both.mine("ab 'cd ef' gh").parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("word", "ab"), tuple("quoted", "'cd ef'"), tuple("word", "gh"));
  }

  @Test
  void messagesWithoutAMatchAreMinedAsWithoutPatterns() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      String line = Corpus.line(random).replace("ORD", "order");
      assertThat(miner.mine(line)).isEqualTo(plain.mine(line));
    }
    assertThat(miner.snapshot()).isEqualTo(plain.snapshot());
  }

  @Test
  void linesThatDifferInDigitsOnlyMayMatchDifferently() {
    TemplateMiner three =
        TemplateMiners.builder().variable("code", Pattern.compile("\\bQX\\d{3}\\b")).build();

    assertThat(three.mine("code QX123 sent").template().text()).isEqualTo("code <*> sent");
    assertThat(three.mine("code QX1234 sent").parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("", "1234"));
    assertThat(three.mine("code QX567 sent").parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("code", "QX567"));
  }

  @Test
  void aPatternThatIsTooSlowIsLeftOutFromThereOnAndReported() {
    List<String> overruns = new ArrayList<>();
    TemplateMiner hostile =
        TemplateMiners.builder()
            .variable("slow", Pattern.compile("start|(a+)+b"))
            .variable("order", ORDER)
            .onOverrun(
                name -> {
                  overruns.add(name);
                  throw new IllegalStateException("listener");
                })
            .build();
    String line = "start of " + "a".repeat(200) + " start ORDER-x";
    TemplateMatch match = hostile.mine(line);

    assertThat(match.template().text()).isEqualTo("<*> of " + "a".repeat(200) + " start <*>");
    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("slow", "start"), tuple("order", "ORDER-x"));
    hostile.learn(line);
    assertThat(overruns).containsExactly("slow", "slow");
  }

  @Test
  void whatIsCutOffIsOneMoreVariable() {
    TemplateMatch match = miner.mine("ORDER-x " + "word ".repeat(3_000) + "end");

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::type)
        .containsExactly(tuple("order", "text"), tuple("", "rest"));
    String tail = "ORDER-x " + "x".repeat(Line.MAX_CHARS);
    assertThat(miner.mine(tail).parameters())
        .containsExactly(
            new Parameter("order", "ORDER-x", "text", 0),
            new Parameter("", "", "rest", Line.MAX_CHARS));
    assertThat(miner.learn(tail + "y")).isEqualTo(miner.learn(tail));
  }

  @Test
  void everyMatchIsAParameterWhereverItStands() {
    Pattern pattern = Pattern.compile("a[0-9{\" ]*b|,|\\{x+");
    TemplateMiner any = TemplateMiners.builder().variable("v", pattern).build();
    Random random = new Random(11);
    String alphabet = "ab01 {}[]()\"'\\=:;,.<>*/-_@%\t\u00e9\u4e2d\ud83d\ude00\ud800\u0000x";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? " \n(" : "x");
      int length = random.nextInt(60);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String message = text.append('x').toString();
      List<String> expected = new ArrayList<>();
      Matcher matcher = pattern.matcher(message);
      while (matcher.find()) {
        expected.add(matcher.start() + matcher.group());
      }
      List<String> found = new ArrayList<>();
      int last = 0;
      for (Parameter p : any.mine(message).parameters()) {
        assertThat(message.startsWith(p.value(), p.start())).isTrue();
        assertThat(p.start()).isGreaterThanOrEqualTo(last);
        last = p.start();
        if (p.name().equals("v")) {
          found.add(p.start() + p.value());
        }
      }
      assertThat(found).as(message).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void mergingMinersOfDifferentPatternsLosesNothing() {
    String masked = miner.learn("placed ORDER-ab by bob");
    String asWritten = plain.learn("placed ORDER-ab by bob");
    plain.merge(miner.snapshot());

    assertThat(masked).isNotEqualTo(asWritten);
    assertThat(plain.templates().stream().mapToLong(Template::count).sum()).isEqualTo(2);
    assertThat(plain.learn("placed ORDER-ab by bob")).isEqualTo(plain.resolve(asWritten));

    TemplateMiner restored = TemplateMiners.builder().variable("order", ORDER).build();
    restored.merge(miner.snapshot());
    assertThat(restored.learn("placed ORDER-other by bob")).isEqualTo(masked);
  }

  @Test
  void allThatIsWrongIsSaidTogether() {
    assertThatThrownBy(
            () ->
                TemplateMiners.builder()
                    .maxTemplates(0)
                    .variable("", ORDER)
                    .variable("order", ORDER)
                    .variable("order", ORDER)
                    .build())
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE))
        .hasMessageContaining("maxTemplates is 0")
        .hasMessageContaining("has no name")
        .hasMessageContaining("'order' exists already");
  }
}
