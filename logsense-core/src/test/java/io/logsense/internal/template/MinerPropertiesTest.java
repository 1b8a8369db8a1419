package io.logsense.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.TemplateMiners;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of ids, snapshots and merges whatever the stream. */
final class MinerPropertiesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void idsStayWhateverTemplatesBecome(int seed) {
    TemplateMiner miner = TemplateMiners.bySignature();
    RandomMessages messages = new RandomMessages(seed);
    Set<String> given = new LinkedHashSet<>();
    Map<String, String> before = new HashMap<>();
    int widened = 0;
    int joined = 0;
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 30; i++) {
        String message = messages.next();
        String id = miner.learn(message);
        given.add(id);
        assertThat(miner.resolve(id)).isEqualTo(id);
        assertThat(miner.learn(message)).isEqualTo(id);
      }
      Map<String, String> now = texts(miner);
      assertThat(given).containsAll(now.keySet());
      for (String id : given) {
        assertThat(now).containsKey(miner.resolve(id));
        assertThat(miner.resolve(miner.resolve(id))).isEqualTo(miner.resolve(id));
      }
      for (Map.Entry<String, String> old : before.entrySet()) {
        String text = now.get(old.getKey());
        joined += text == null ? 1 : 0;
        widened += text != null && !text.equals(old.getValue()) ? 1 : 0;
      }
      before = now;
    }

    assertThat(widened).isPositive();
    assertThat(joined).isPositive();
    TemplateMiner restored = merged(miner.snapshot());
    assertThat(restored.snapshot()).isEqualTo(miner.snapshot());
    for (String id : given) {
      assertThat(restored.resolve(id)).isEqualTo(miner.resolve(id));
    }
    for (int i = 0; i < 300; i++) {
      String message = messages.next();
      assertThat(restored.learn(message)).isEqualTo(miner.learn(message));
    }
  }

  /** Once one, for ever one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void idsThatMeanTheSameGoOnMeaningTheSame(int seed) {
    TemplateMiner miner = TemplateMiners.bySignature(30);
    RandomMessages messages = new RandomMessages(seed);
    Set<String> given = new LinkedHashSet<>();
    for (int round = 0; round < 20; round++) {
      Map<String, String> before = resolved(miner, given);
      for (int i = 0; i < 50; i++) {
        given.add(miner.learn(messages.next()));
      }
      before.forEach((id, then) -> assertThat(miner.resolve(id)).isEqualTo(miner.resolve(then)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void mergesAreOneWhateverTheirOrder(int seed) {
    RandomMessages messages = new RandomMessages(seed);
    List<byte[]> shards = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    for (int shard = 0; shard < 4; shard++) {
      TemplateMiner part = TemplateMiners.bySignature();
      for (int i = 0; i < 40 << shard; i++) {
        ids.add(part.learn(messages.next()));
      }
      shards.add(part.snapshot());
    }
    TemplateMiner first = merged(shards.get(0), shards.get(1), shards.get(2), shards.get(3));
    TemplateMiner last = merged(shards.get(3), shards.get(2), shards.get(1), shards.get(0));
    TemplateMiner nested =
        merged(
            merged(shards.get(2), shards.get(0)).snapshot(),
            merged(shards.get(1), shards.get(3)).snapshot());

    assertThat(classes(last, ids)).isEqualTo(classes(first, ids));
    assertThat(classes(nested, ids)).isEqualTo(classes(first, ids));
  }

  /** So many texts that signatures share their places in the table. */
  @Test
  void matchingChangesNothing() {
    TemplateMiner miner = TemplateMiners.bySignature(500);
    List<String> known = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int seed = 1; seed <= 30; seed++) {
      RandomMessages messages = new RandomMessages(seed);
      RandomMessages unlike = new RandomMessages(seed + 100);
      for (int i = 0; i < 200; i++) {
        known.add(messages.next());
        others.add(unlike.next());
      }
    }
    known.forEach(miner::learn);
    byte[] before = miner.snapshot();
    long found = known.stream().filter(message -> miner.match(message).isPresent()).count();
    long strange = others.stream().filter(message -> miner.match(message).isPresent()).count();

    assertThat(found).isGreaterThan(strange).isLessThan(known.size());
    assertThat(miner.snapshot()).isEqualTo(before);
  }

  /** The ids of each template, with its text and count. */
  private static Map<Set<String>, String> classes(TemplateMiner miner, Set<String> ids) {
    Map<String, Template> byId =
        miner.templates().stream().collect(Collectors.toMap(Template::id, Function.identity()));
    Map<String, Set<String>> members = new TreeMap<>();
    for (String id : ids) {
      members.computeIfAbsent(miner.resolve(id), k -> new TreeSet<>()).add(id);
    }
    assertThat(members.keySet()).isEqualTo(new HashSet<>(byId.keySet()));
    Map<Set<String>, String> classes = new HashMap<>();
    members.forEach(
        (id, all) -> classes.put(all, byId.get(id).count() + " " + byId.get(id).text()));
    return classes;
  }

  private static Map<String, String> resolved(TemplateMiner miner, Set<String> ids) {
    Map<String, String> resolved = new HashMap<>();
    ids.forEach(id -> resolved.put(id, miner.resolve(id)));
    return resolved;
  }

  private static Map<String, String> texts(TemplateMiner miner) {
    return miner.templates().stream().collect(Collectors.toMap(Template::id, Template::text));
  }

  private static TemplateMiner merged(byte[]... snapshots) {
    TemplateMiner all = TemplateMiners.bySignature();
    for (byte[] snapshot : snapshots) {
      all.merge(snapshot);
    }
    return all;
  }
}
