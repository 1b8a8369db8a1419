package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.TemplateMiners;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParametersTest {
  private final TemplateMiner miner = TemplateMiners.bySignature();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          17                                   | number
          -17                                  | number
          +3.25                                | number
          1,234,567                            | number
          99.5%                                | number
          6.02e-23                             | number
          0x1F                                 | hex
          0xdeadbeef                           | hex
          4f9a                                 | hex
          9b2e77aa01c4                         | hex
          d41d8cd98f00b204e9800998ecf8427e     | hex
          3f2a-77b0-91cc                       | hex
          550e8400-e29b-41d4-a716-446655440000 | uuid
          10.1.2.3                             | ip
          10.1.2.3:8080                        | ip
          fe80::1ff:fe23:4567:890a             | ip
          2001:db8:0:0:1:0:0:1                 | ip
          00:1b:44:11:3a:b7                    | mac
          db-7.eu.example.com                  | host
          cache.example.net:6379               | host
          shop.example.org                     | host
          /var/log/shop/app.log                | path
          ./build/out.txt                      | path
          C:\\Users\\bob\\shop.ini             | path
          https://example.org/a?b=1            | url
          jdbc://db/shop                       | url
          bob@example.org                      | email
          2024-05-17                           | date
          2024-05-17T10:11:12.123Z             | date
          17/05/2024                           | date
          10:11:12                             | time
          10:11:12,123                         | time
          2.6.18                               | version
          35ms                                 | duration
          1h30m                                | duration
          2.5s                                 | duration
          512MB                                | size
          3.5GB/s                              | size
          R02-M1-N0                            | id
          a8Kx9Zq2Lm4T                         | id
          job_20170609_0001                    | id
          <EMAIL_REDACTED>                     | redacted
          """)
  void aValueIsRecognisedByItsShape(String value, String type) {
    for (String text : List.of("gate %s shut", "gate (%s) shut", "gate [%s], shut", "gate %s")) {
      String message = text.formatted(value);
      TemplateMatch match = TemplateMiners.bySignature().mine(message);

      assertThat(match.template().text()).as(message).isEqualTo(text.formatted("<*>"));
      if (text.contains("[") && value.contains(",")) {
        continue;
      }
      String found = String.join("", match.parameters().stream().map(Parameter::value).toList());
      if (!value.contains(",") && !value.contains("?")) {
        assertThat(match.parameters())
            .as(message)
            .containsExactly(new Parameter("", value, type, message.indexOf(value)));
      } else {
        assertThat(found).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          word
          CamelCase
          snake_case
          not-responding
          java.lang.IllegalStateException
          Order.cancel()
          and/or
          I/O
          [main]
          done.
          OK!
          ***
          """)
  void whatIsTextStays(String word) {
    TemplateMatch match = miner.mine("gate " + word + " shut");

    assertThat(match.template().text()).isEqualTo("gate " + word + " shut");
    assertThat(match.parameters()).isEmpty();
  }

  @Test
  void aNumberInsideANameIsAPartOfTheToken() {
    TemplateMatch match = miner.mine("moved blk_-4711 to node-246");

    assertThat(match.template().text()).isEqualTo("moved blk_<*> to node-<*>");
    assertThat(match.parameters())
        .containsExactly(
            new Parameter("", "-4711", "number", 10), new Parameter("", "246", "number", 24));
  }

  @Test
  void aShortNumberInANameIsTextUntilAnotherStandsThere() {
    String before = miner.mine("link eth0 is up").template().text();
    TemplateMatch after = miner.mine("link eth1 is up");

    assertThat(before).isEqualTo("link eth0 is up");
    assertThat(after.template().text()).isEqualTo("link eth<*> is up");
    assertThat(after.parameters()).containsExactly(new Parameter("", "1", "number", 8));
  }

  @Test
  void aUnitBehindANumberIsTextUntilAnotherStandsThere() {
    TemplateMatch before = miner.mine("copied 17 bytes to disk");
    TemplateMatch after = miner.mine("copied 12 MB to disk");

    assertThat(before.template().text()).isEqualTo("copied <*> bytes to disk");
    assertThat(before.parameters()).containsExactly(new Parameter("", "17", "size", 7));
    assertThat(after.template().id()).isEqualTo(before.template().id());
    assertThat(after.template().text()).isEqualTo("copied <*> to disk");
  }

  @Test
  void aKeyNamesItsValue() {
    TemplateMatch match =
        miner.mine("login user=bob, ip=10.0.0.9 note=\"two words\" took=35ms ok=true");

    assertThat(match.template().text())
        .isEqualTo("login user=<*>, ip=<*> note=\"<*>\" took=<*> ok=true");
    assertThat(match.parameters())
        .containsExactly(
            new Parameter("user", "bob", "text", 11),
            new Parameter("ip", "10.0.0.9", "ip", 19),
            new Parameter("note", "two words", "text", 34),
            new Parameter("took", "35ms", "duration", 50));
  }

  @Test
  void aValueEndsAtItsQuoteThatIsNotEscaped() {
    TemplateMatch match =
        miner.mine("user=\"bob \\\"b\\\" lee\" größe=12 note='a b' dir=\"C:\\tmp\\\"");

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("user", "bob \\\"b\\\" lee"),
            org.assertj.core.api.Assertions.tuple("größe", "12"),
            org.assertj.core.api.Assertions.tuple("note", "a b"),
            org.assertj.core.api.Assertions.tuple("dir", "C:\\tmp\\"));
  }

  @Test
  void compactJsonOfAnyDepthIsNamedByItsKeys() {
    String line = "{\"a\":{\"b\":{\"名\":\"v \\\" w\",\"d\":-2}},\"e\":[{\"f\":1}],\"g\":\"\"}";
    TemplateMatch match = miner.mine(line);

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("a.b.名", "v \\\" w"),
            org.assertj.core.api.Assertions.tuple("a.b.d", "-2"),
            org.assertj.core.api.Assertions.tuple("e", "[{\"f\":1}]"));
    assertThat(match.parameters())
        .allSatisfy(p -> assertThat(line.substring(p.start())).startsWith(p.value()));
    String deep = "{\"a\":".repeat(3_000) + "1";
    assertThat(miner.mine(deep).parameters().size()).isLessThan(300);
  }

  @Test
  void aPathHasTheInnermostEightKeys() {
    TemplateMatch match = miner.mine("{\"a\":{\"b\" : {\"c\":".repeat(3) + "{\"d\":7,\"e\":{}}");

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(org.assertj.core.api.Assertions.tuple("c.a.b.c.a.b.c.d", "7"));
  }

  @Test
  void aPathEndsWithItsObject() {
    TemplateMatch match =
        miner.mine(
            "INFO {x} {\"a\":{\"t\":\"{\"},\"b\":{\"c\":{\"d\":1},\"e\":2},\"f\":3} {\"g\":4}");

    assertThat(match.parameters())
        .extracting(Parameter::name)
        .containsExactly("a.t", "b.c.d", "b.e", "f", "g");
  }

  @Test
  void jsonKeysMayHaveSpacesInFrontOfTheColon() {
    TemplateMatch match = miner.mine("{ \"user\" : \"bob\", \"n\" :5, \"ship\"  : {\"zip\" : 7} }");

    assertThat(match.template().text())
        .isEqualTo("{ \"user\" : \"<*>\", \"n\" :<*>, \"ship\"  : {\"zip\" : <*>} }");
    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("user", "bob"),
            org.assertj.core.api.Assertions.tuple("n", "5"),
            org.assertj.core.api.Assertions.tuple("ship.zip", "7"));
  }

  @Test
  void variablesInTheWordsOfAJsonMessageHaveNoName() {
    TemplateMatch match = miner.mine("{\"msg\":\"sent 12 pages user=bob\",\"n\":3}");

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("", "12"),
            org.assertj.core.api.Assertions.tuple("user", "bob"),
            org.assertj.core.api.Assertions.tuple("n", "3"));
  }

  @Test
  void aColonBehindAQuotedKeyIsNoPartOfTheValue() {
    TemplateMatch match = miner.mine("kept {'a':3,'b':-2.5,'c':10:11:12} of ::1");

    assertThat(match.template().text()).isEqualTo("kept {'a':<*>,'b':<*>,'c':<*>} of <*>");
    assertThat(match.parameters())
        .containsExactly(
            new Parameter("", "3", "number", 10),
            new Parameter("", "-2.5", "number", 16),
            new Parameter("", "10:11:12", "time", 25),
            new Parameter("", "::1", "time", 38));
  }

  @Test
  void keysWithinBracketsAndBehindCommasAreKeysToo() {
    TemplateMatch match = miner.mine("done (id=7,user=bob;site=north)");

    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("id", "7"),
            org.assertj.core.api.Assertions.tuple("user", "bob"),
            org.assertj.core.api.Assertions.tuple("site", "north"));
  }

  @Test
  void jsonIsReadByItsKeys() {
    TemplateMatch match =
        miner.mine(
            "{\"event\":\"order placed\",\"user\":\"bob\",\"total\": 12.5,\"lines\":[1,2,[3]],"
                + "\"paid\":true,\"note\":null,\"ship\":{\"zip\":\"04109\"}}");

    assertThat(match.template().text())
        .isEqualTo(
            "{\"event\":\"order placed\",\"user\":\"<*>\",\"total\": <*>,\"lines\":<*>,"
                + "\"paid\":<*>,\"note\":<*>,\"ship\":{\"zip\":\"<*>\"}}");
    assertThat(match.parameters())
        .extracting(Parameter::name, Parameter::value, Parameter::type)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("user", "bob", "text"),
            org.assertj.core.api.Assertions.tuple("total", "12.5", "number"),
            org.assertj.core.api.Assertions.tuple("lines", "[1,2,[3]]", "json"),
            org.assertj.core.api.Assertions.tuple("paid", "true", "boolean"),
            org.assertj.core.api.Assertions.tuple("note", "null", "null"),
            org.assertj.core.api.Assertions.tuple("ship.zip", "04109", "number"));
  }

  @Test
  void jsonMessagesOfDifferentEventsAreDifferentTemplates() {
    String placed = miner.mine("{\"event\":\"placed\",\"user\":\"bob\",\"n\":1}").template().id();
    String shipped = miner.mine("{\"event\":\"shipped\",\"user\":\"eve\",\"n\":2}").template().id();

    assertThat(shipped).isNotEqualTo(placed);
    assertThat(miner.mine("{\"event\":\"placed\",\"user\":\"zoe\",\"n\":12}").template().id())
        .isEqualTo(placed);
  }

  @Test
  void aWordThatTurnedOutToVaryIsAParameter() {
    for (String name : List.of("alice", "bob", "carol")) {
      assertThat(miner.mine("greeting " + name + " at gate").parameters()).isEmpty();
    }
    TemplateMatch match = miner.mine("greeting dave at gate");

    assertThat(match.template().text()).isEqualTo("greeting <*> at gate");
    assertThat(match.parameters()).containsExactly(new Parameter("", "dave", "text", 9));
  }

  @Test
  void parametersAreThoseOfTheMomentTheyWereMined() {
    TemplateMatch early = miner.mine("greeting alice at gate");
    for (String name : List.of("bob", "carol", "dave", "erin")) {
      miner.mine("greeting " + name + " at gate");
    }

    assertThat(early.parameters()).isEmpty();
  }

  @Test
  void datesInWordsAreVariables() {
    TemplateMatch match = miner.mine("backup of Mon Jul 29 10:11:12 UTC 2024 verified");

    assertThat(match.template().text()).isEqualTo("backup of <*> verified");
    assertThat(miner.mine("we March on May be").template().text()).isEqualTo("we March on May be");
  }

  @Test
  void startsCountFromTheBeginningOfTheMessage() {
    TemplateMatch match = miner.mine("\n   sent 12 pages\nrest 99");

    assertThat(match.parameters()).containsExactly(new Parameter("", "12", "number", 9));
  }

  @Test
  void anyScriptIsText() {
    String id = miner.mine("Заказ 17 принят").template().id();

    assertThat(miner.mine("Заказ 9123 принят").template().text()).isEqualTo("Заказ <*> принят");
    assertThat(miner.mine("Заказ 5 принят").template().id()).isEqualTo(id);
    assertThat(miner.mine("注文 42 を 受け付け ました 🎉").template().text())
        .isEqualTo("注文 <*> を 受け付け ました 🎉");
  }

  @Test
  void aRunOfVariablesIsOneWildcardAndSeveralParameters() {
    TemplateMatch match = miner.mine("readings 3 5.5 -7, 9 stored");

    assertThat(match.template().text()).isEqualTo("readings <*> stored");
    assertThat(match.parameters())
        .extracting(Parameter::value)
        .containsExactly("3", "5.5", "-7", "9");
  }

  @Test
  void aLineThatRepeatsAPatternIsOneTemplateWhateverItsLength() {
    String id = miner.mine("nodes n-100 ok n-200 ok listed").template().id();

    assertThat(miner.mine("nodes n-100 ok n-200 ok n-333 ok n-41 ok listed").template().id())
        .isEqualTo(id);
  }
}
