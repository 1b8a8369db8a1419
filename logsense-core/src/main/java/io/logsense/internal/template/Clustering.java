package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a miner and how a masked line finds its own: the {@link Group} of its length
 * with which it shares most tokens, if enough, and in it the combination of texts at the positions
 * that are not wildcards.
 *
 * <p>Not for several threads.
 *
 * <p>Bounded: at most {@code maxTemplates} templates of {@value #MOST_BYTES_EACH} bytes on average
 * ({@link Learned#weight}); what does not fit belongs to the catch-all. Of the ids of templates
 * that became part of others the last {@value #ALIASES_EACH} times {@code maxTemplates} at least
 * are known, about 200 bytes each; twice as many at most.
 */
final class Clustering {
  static final int MOST_BYTES_EACH = 4096;
  static final int ALIASES_EACH = 2;

  private final int maxTemplates;
  private final LongIntTable byProjection = new LongIntTable();
  private final GroupIndex index = new GroupIndex();
  private final List<Group> groups = new ArrayList<>();
  private final TemplateTable table = new TemplateTable();
  private int live;
  private long bytes;

  Clustering(int maxTemplates) {
    this.maxTemplates = maxTemplates;
  }

  /** Templates and those that became part of others, by number. */
  List<Learned> all() {
    return table.all();
  }

  List<Group> groups() {
    return groups;
  }

  Learned catchAll() {
    return table.catchAll();
  }

  @Nullable Learned byId(String id) {
    return table.byId(id);
  }

  private boolean isFull(MaskedLine line) {
    return live >= maxTemplates
        || bytes + Learned.weight(line.size, line.line.length)
            > (long) maxTemplates * MOST_BYTES_EACH;
  }

  /** Finds or founds the template of a masked line. */
  Learned place(MaskedLine line) {
    Group group = index.nearest(groups, line.hash, line.size);
    if (group == null) {
      return isFull(line) ? catchAll() : create(line, found(line));
    }
    boolean widened = false;
    for (int i = 0; i < line.size; i++) {
      if (group.add(i, line.hash[i])) {
        index.add(group, i, line.hash[i]);
        widened |= group.wild[i];
      }
    }
    if (widened) {
      widen(group);
    }
    int number = byProjection.find(group.projection(line.hash));
    if (number >= 0) {
      Learned template = table.get(number).current();
      reconcile(line, template);
      return template;
    }
    if (isFull(line)) {
      return catchAll();
    }
    Learned template = create(line, group);
    while (group.members.size() > Group.MOST_MEMBERS) {
      group.widenWidest();
      widen(group);
    }
    return template.current();
  }

  /** Where a masked line belongs, without learning it; null when it belongs nowhere. */
  @Nullable Learned find(MaskedLine line) {
    Group group = index.nearest(groups, line.hash, line.size);
    if (group == null) {
      return null;
    }
    int number = byProjection.find(group.projection(line.hash));
    if (number >= 0) {
      return table.get(number).current();
    }
    for (Learned member : group.members) {
      boolean fits = true;
      for (int i = 0; i < group.length && fits; i++) {
        fits =
            group.wild[i] || member.tokens[i] == line.hash[i] || group.wouldWiden(i, line.hash[i]);
      }
      if (fits) {
        return member;
      }
    }
    return null;
  }

  private Group found(MaskedLine line) {
    Group group = new Group(groups.size(), line.size);
    groups.add(group);
    for (int i = 0; i < line.size; i++) {
      group.add(i, line.hash[i]);
    }
    group.founders.add(Arrays.copyOf(line.hash, line.size));
    index.add(group);
    return group;
  }

  private Learned create(MaskedLine line, Group group) {
    int size = line.size;
    String[] words = new String[size];
    long[] shown = new long[size];
    for (int i = 0; i < size; i++) {
      words[i] = line.gap(i) + line.maskedText(i, false);
      shown[i] = line.shown[i];
    }
    Learned template =
        new Learned(
            table.size(), line.signature(), group, Arrays.copyOf(line.hash, size), words, shown);
    template.widen(group.wild);
    table.add(template);
    group.members.add(template);
    byProjection.put(group.projection(template.tokens), template.number);
    live++;
    bytes += template.weight();
    return template;
  }

  /** Generalises what {@code template} shows by a line of it. */
  private void reconcile(MaskedLine line, Learned template) {
    for (int i = 0; i < line.size; i++) {
      if (template.shown[i] != 0 && template.shown[i] != line.shown[i]) {
        template.generalize(i, gapOf(template.words[i]) + line.maskedText(i, true));
      }
    }
  }

  private static String gapOf(String word) {
    return word.startsWith(" ") ? " " : "";
  }

  /** Applies new wildcards to the members of {@code group}: those that became equal become one. */
  private void widen(Group group) {
    List<Learned> members = new ArrayList<>(group.members);
    group.members.clear();
    for (Learned member : members) {
      member.widen(group.wild);
      long projection = group.projection(member.tokens);
      int number = byProjection.find(projection);
      Learned first = number < 0 ? member : table.get(number).current();
      if (first == member) {
        byProjection.put(projection, member.number);
        group.members.add(member);
      } else {
        bytes -= member.weight();
        first.absorb(member);
        live--;
      }
    }
  }

  /** Adds what another miner learnt. */
  void merge(Snapshots.Content content) {
    catchAll().add(content.catchAllCount);
    GroupUnion.join(groups, content, index, table);
    content.templates.forEach(table::add);
    rebuild();
  }

  /** Numbers the groups anew, merges members that became equal, and builds the look-ups again. */
  private void rebuild() {
    byProjection.clear();
    index.clear();
    live = 0;
    bytes = 0;
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).number = i;
    }
    for (Group group : groups) {
      live += group.members.size();
      for (Learned member : group.members) {
        bytes += member.weight();
      }
      widen(group);
      while (group.members.size() > Group.MOST_MEMBERS) {
        group.widenWidest();
        widen(group);
      }
    }
    shed();
    for (Group group : groups) {
      index.add(group);
    }
  }

  /** Hands the rarest templates over the limit to the catch-all. */
  private void shed() {
    if (live <= maxTemplates && bytes <= (long) maxTemplates * MOST_BYTES_EACH) {
      return;
    }
    List<Learned> all = new ArrayList<>();
    groups.forEach(group -> all.addAll(group.members));
    all.sort(Comparator.comparingLong(Learned::count).reversed().thenComparing(t -> t.id));
    for (int last = all.size() - 1;
        live > maxTemplates || bytes > (long) maxTemplates * MOST_BYTES_EACH;
        last--) {
      Learned rare = all.get(last);
      Group group = rare.group;
      if (group != null) {
        group.members.remove(rare);
      }
      bytes -= rare.weight();
      live--;
      catchAll().absorb(rare);
    }
    groups.removeIf(group -> group.members.isEmpty());
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).number = i;
    }
    project();
  }

  /** Builds the look-up by projection again. */
  private void project() {
    byProjection.clear();
    for (Group group : groups) {
      for (Learned member : group.members) {
        byProjection.put(group.projection(member.tokens), member.number);
      }
    }
  }

  /** Whether there are so many ids of former templates that the oldest should be forgotten. */
  boolean hasTooManyAliases() {
    return table.size() - 1 - live > 2L * ALIASES_EACH * maxTemplates;
  }

  /** Forgets the oldest ids of former templates and numbers the rest anew. */
  void forgetAliases() {
    table.forgetFormer(table.size() - 1 - live - ALIASES_EACH * maxTemplates);
    project();
  }
}
