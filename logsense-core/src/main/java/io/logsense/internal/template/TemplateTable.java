package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Templates, and those that became part of others, by number and by id.
 *
 * <p>Not for several threads.
 */
final class TemplateTable {
  /** The catch-all is number 0. */
  private final List<Learned> byNumber = new ArrayList<>();

  private final Map<String, Learned> byId = new HashMap<>();

  /** A table of the catch-all alone. */
  TemplateTable() {
    add(new Learned(0, 0, null, new long[0], new String[] {MaskedText.WILDCARD}, new long[0]));
  }

  Learned catchAll() {
    return byNumber.get(0);
  }

  /** By number, the oldest first. */
  List<Learned> all() {
    return byNumber;
  }

  /** The number of the next template. */
  int size() {
    return byNumber.size();
  }

  Learned get(int number) {
    return byNumber.get(number);
  }

  /** The oldest template that has or had an id. */
  @Nullable Learned byId(String id) {
    return byId.get(id);
  }

  /** Adds the template whose number is {@link #size}. */
  void add(Learned template) {
    byNumber.add(template);
    byId.putIfAbsent(template.id, template);
  }

  /** Forgets the oldest {@code excess} that became part of others and numbers the rest anew. */
  void forgetFormer(int excess) {
    int left = excess;
    List<Learned> kept = new ArrayList<>();
    for (Learned template : byNumber) {
      if (template.successor != template && left-- > 0) {
        byId.remove(template.id, template);
      } else {
        template.number = kept.size();
        kept.add(template);
      }
    }
    byNumber.clear();
    byNumber.addAll(kept);
  }
}
