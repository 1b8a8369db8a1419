package io.logsense.analysis;

import io.logsense.api.mask.Masker;
import java.util.EnumSet;
import java.util.Set;

/** What passes to a model: only allowed fields, and only masked. */
final class Gate {
  private final Masker masker;
  private final EnumSet<Field> allowed;

  Gate(Masker masker, Set<Field> allowed) {
    this.masker = masker;
    this.allowed = EnumSet.noneOf(Field.class);
    this.allowed.addAll(allowed);
  }

  boolean allows(Field field) {
    return allowed.contains(field);
  }

  /** The text as it may be sent; empty where its field is not allowed. */
  String pass(Field field, String text) {
    return allows(field) ? masker.mask(text) : "";
  }

  /** Whether nothing in {@code text} would have to be masked. */
  boolean isClean(String text) {
    return masker.mask(text).equals(text);
  }
}
