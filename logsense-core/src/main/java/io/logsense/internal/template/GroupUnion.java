package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.List;

/** Joins the groups of two miners: those that are related become one (union-find). */
final class GroupUnion {
  private GroupUnion() {}

  /**
   * Joins groups that came from elsewhere to those that are related to them: by their founders, or
   * because one id, of now or of before, leads to both.
   */
  static void join(
      List<Group> groups, Snapshots.Content content, GroupIndex index, TemplateTable table) {
    List<Group> incoming = content.groups;
    int base = groups.size();
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
    }
    for (Learned template : content.templates) {
      Learned known = table.byId(template.id);
      Group here = known == null ? null : known.current().group;
      Group there = template.current().group;
      if (here != null && there != null && here.length == there.length) {
        unite(root, here.number, base + there.number);
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
}
