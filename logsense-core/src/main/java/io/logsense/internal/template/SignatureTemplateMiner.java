package io.logsense.internal.template;

import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Online template miner of scheme {@code tm1}: masks by shape, then groups by words.
 *
 * <p>A line goes through three steps, and most lines stop at the first:
 *
 * <ol>
 *   <li>The line is hashed with its digits folded away ({@link FoldedSignature}) and looked up in a
 *       bounded table ({@link SignatureCache}).
 *   <li>It is cut into tokens whose variables are recognised by their shape ({@link MaskedLine});
 *       neighbouring variables count as one.
 *   <li>It joins the {@link Group} of its length with which it shares most tokens, if enough
 *       ({@link Similarity}), or founds one. In a group, positions hold a few texts apart before
 *       they become wildcards.
 * </ol>
 *
 * <p>The id of a template is the hash of the masked line that founded it. It stays when words
 * become wildcards; when two templates become one the older id stays and {@link #resolve} knows the
 * other.
 *
 * <p>Only the first line of a message that is not blank is looked at, and of it the first {@link
 * MaskedLine#MAX_CHARS} characters and {@link MaskedLine#MAX_TOKENS} tokens; what is cut off is one
 * more variable. Past the limit of templates new messages belong to the catch-all {@code <*>} with
 * the id {@code tm1:0000000000000000}.
 *
 * <p>Ideas taken from: Drain (He et al., ICWS 2017), fixed length and similarity threshold; PIPLUP
 * (arXiv 2508.09366), runs of variables, thresholds by length and variants held apart; prefix
 * filtering (Chaudhuri et al., ICDE 2006) in place of a tree over the first words. There are no
 * regular expressions and no settings per kind of log.
 *
 * <p>Threads: one at a time, for every method. Memory: about 1 MB for the table and, for each
 * template, a few times its text. {@link #merge} is commutative and associative up to the choice of
 * ids, as long as the limits are not reached.
 */
public final class SignatureTemplateMiner implements TemplateMiner {
  static final String SCHEME = "tm1";

  private final int maxTemplates;
  private final MaskedLine line = new MaskedLine();

  private final SignatureCache cache = new SignatureCache();
  private final LongIntTable byProjection = new LongIntTable();
  private final GroupIndex index = new GroupIndex();
  private final List<Group> groups = new ArrayList<>();

  /** By number; the catch-all is number 0. */
  private final List<Learned> learned = new ArrayList<>();

  private final Map<String, Learned> byId = new HashMap<>();
  private int live;
  private boolean created;

  /** An empty miner of up to {@code maxTemplates} templates. */
  public SignatureTemplateMiner(int maxTemplates) {
    this.maxTemplates = maxTemplates;
    Learned catchAll = new Learned(0, 0, null, new long[0], new String[] {"<*>"}, new long[0]);
    learned.add(catchAll);
    byId.put(catchAll.id, catchAll);
  }

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String learn(String message) {
    return assign(message).id;
  }

  @Override
  public TemplateMatch mine(String message) {
    Learned template = assign(message);
    return answer(template, created, message);
  }

  @Override
  public Optional<TemplateMatch> match(String message) {
    int known = cache.peek(line.load(message));
    Learned template = known >= 0 ? learned.get(known).current() : known();
    return template == null ? Optional.empty() : Optional.of(answer(template, false, message));
  }

  @Override
  public List<Template> templates() {
    List<Template> all = new ArrayList<>();
    for (Learned template : learned) {
      if (template.successor == template && template.count > 0) {
        all.add(new Template(template.id, template.text(), template.count));
      }
    }
    all.sort(Comparator.comparingLong(Template::count).reversed().thenComparing(Template::id));
    return all;
  }

  @Override
  public String resolve(String id) {
    Learned template = byId.get(id);
    return template == null ? id : template.current().id;
  }

  @Override
  public byte[] snapshot() {
    return Snapshots.write(groups, learned, cache);
  }

  @Override
  public void merge(byte[] snapshot) {
    Snapshots.Content content = Snapshots.read(snapshot, learned.size(), learned.get(0));
    learned.get(0).count += content.catchAllCount;
    int base = groups.size();
    learned.addAll(content.templates);
    join(content.groups, base);
    for (Learned template : content.templates) {
      byId.putIfAbsent(template.id, template);
    }
    rebuild();
    for (int i = 0; i < content.keys.length; i++) {
      if (cache.peek(content.keys[i]) < 0) {
        cache.put(content.keys[i], content.values[i]);
      }
    }
  }

  private static TemplateMatch answer(Learned template, boolean created, String message) {
    return new TemplateMatch(
        new Template(template.id, template.text(), template.count),
        created,
        new ParameterList(message, template.variable()));
  }

  private Learned assign(String message) {
    long folded = line.load(message);
    int known = cache.find(folded);
    created = false;
    Learned template;
    if (known >= 0) {
      template = learned.get(known).current();
    } else {
      line.mask();
      template = place();
      if (template.number != 0) {
        cache.put(folded, template.number);
      }
    }
    template.count++;
    return template;
  }

  /** Finds or founds the template of the masked line. */
  private Learned place() {
    Group group = index.nearest(groups, line.hash, line.size);
    if (group == null) {
      return live >= maxTemplates ? learned.get(0) : create(found());
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
      Learned template = learned.get(number).current();
      reconcile(template);
      return template;
    }
    if (live >= maxTemplates) {
      return learned.get(0);
    }
    Learned template = create(group);
    while (group.members.size() > Group.MOST_MEMBERS) {
      group.widenWidest();
      widen(group);
    }
    return template.current();
  }

  /** Where the masked line belongs, without learning it. */
  private @Nullable Learned known() {
    line.mask();
    Group group = index.nearest(groups, line.hash, line.size);
    if (group == null) {
      return null;
    }
    int number = byProjection.find(group.projection(line.hash));
    if (number >= 0) {
      return learned.get(number).current();
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

  private Group found() {
    Group group = new Group(groups.size(), line.size);
    groups.add(group);
    for (int i = 0; i < line.size; i++) {
      group.add(i, line.hash[i]);
    }
    group.founders.add(Arrays.copyOf(line.hash, line.size));
    index.add(group);
    return group;
  }

  private Learned create(Group group) {
    int size = line.size;
    String[] words = new String[size];
    long[] shown = new long[size];
    for (int i = 0; i < size; i++) {
      words[i] = line.gap(i) + line.maskedText(i, false);
      shown[i] = line.shown[i];
    }
    Learned template =
        new Learned(
            learned.size(), line.signature(), group, Arrays.copyOf(line.hash, size), words, shown);
    template.widen(group.wild);
    learned.add(template);
    byId.putIfAbsent(template.id, template);
    group.members.add(template);
    byProjection.put(group.projection(template.tokens), template.number);
    live++;
    created = true;
    return template;
  }

  /** Generalises what {@code template} shows by the masked line. */
  private void reconcile(Learned template) {
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
      Learned first = number < 0 ? member : learned.get(number).current();
      if (first == member) {
        byProjection.put(projection, member.number);
        group.members.add(member);
      } else {
        first.absorb(member);
        live--;
      }
    }
  }

  /** Joins groups that came from elsewhere to those that are related to them. */
  private void join(List<Group> incoming, int base) {
    int[] root = new int[base + incoming.size()];
    for (int i = 0; i < root.length; i++) {
      root[i] = i;
    }
    for (int k = 0; k < incoming.size(); k++) {
      Group group = incoming.get(k);
      int here = base + k;
      index.related(
          groups,
          group,
          known -> {
            if (known.number < base && known.isRelated(group)) {
              unite(root, known.number, here);
            }
          });
      for (Learned member : group.members) {
        Learned known = byId.get(member.id);
        Group home = known == null ? null : known.current().group;
        if (home != null && home.length == group.length) {
          unite(root, home.number, here);
        }
      }
    }
    groups.addAll(incoming);
    for (int i = 0; i < root.length; i++) {
      int owner = find(root, i);
      if (owner != i) {
        groups.get(owner).absorb(groups.get(i));
      }
    }
    List<Group> roots = new ArrayList<>();
    for (int i = 0; i < root.length; i++) {
      if (root[i] == i) {
        roots.add(groups.get(i));
      }
    }
    groups.clear();
    groups.addAll(roots);
  }

  private static int find(int[] root, int i) {
    int at = i;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }

  private static void unite(int[] root, int a, int b) {
    int first = find(root, a);
    int second = find(root, b);
    root[Math.max(first, second)] = Math.min(first, second);
  }

  /** Numbers the groups anew, merges members that became equal, and builds the look-ups again. */
  private void rebuild() {
    byProjection.clear();
    index.clear();
    live = 0;
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).number = i;
    }
    for (Group group : groups) {
      live += group.members.size();
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
    if (live <= maxTemplates) {
      return;
    }
    List<Learned> all = new ArrayList<>();
    groups.forEach(group -> all.addAll(group.members));
    all.sort(Comparator.comparingLong((Learned t) -> t.count).reversed().thenComparing(t -> t.id));
    for (Learned rare : all.subList(maxTemplates, all.size())) {
      Group group = rare.group;
      if (group != null) {
        group.members.remove(rare);
      }
      learned.get(0).absorb(rare);
      live--;
    }
    groups.removeIf(group -> group.members.isEmpty());
    byProjection.clear();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      group.number = i;
      for (Learned member : group.members) {
        byProjection.put(group.projection(member.tokens), member.number);
      }
    }
  }
}
