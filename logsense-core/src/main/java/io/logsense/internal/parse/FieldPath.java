package io.logsense.internal.parse;

import org.jspecify.annotations.Nullable;

/** Where a field stands in a record, as a dotted path, and what it means there. */
final class FieldPath {
  /** The record itself. */
  static final FieldPath ROOT = new FieldPath("", 0);

  private static final int DEEPEST = 12;
  private static final int LONGEST = 1024;

  private final String text;
  private final int depth;
  private final @Nullable FieldMeaning meaning;
  private final boolean repeats;
  private final boolean gelf;
  private final boolean compact;

  private FieldPath(String text, int depth) {
    this.text = text;
    this.depth = depth;
    meaning = FieldMeaning.of(text);
    repeats = repeats(meaning);
    gelf = text.equals("short_message");
    compact = text.equals("@t");
  }

  /** A table of the fields met so far. */
  static RepeatedNames<FieldPath, FieldPath> table() {
    return new RepeatedNames<>(FieldPath::inside);
  }

  private static FieldPath inside(FieldPath parent, String name) {
    return new FieldPath(parent == ROOT ? name : parent.text + "." + name, parent.depth + 1);
  }

  /** The path of the object that the field is in; empty at the top. */
  String parent() {
    int dot = text.lastIndexOf('.');
    return dot < 0 ? "" : text.substring(0, dot);
  }

  /** Whether what is inside is not read: paths would grow without end. */
  boolean isDeepest() {
    return depth > DEEPEST || text.length() > LONGEST;
  }

  /** What the field means; null when it is an attribute. */
  @Nullable FieldMeaning meaning() {
    return meaning;
  }

  /** Whether the values of many records are the same. */
  boolean repeats() {
    return repeats;
  }

  private static boolean repeats(@Nullable FieldMeaning meaning) {
    if (meaning == null) {
      return true;
    }
    return switch (meaning) {
      case SEVERITY, LOGGER, THREAD, SERVICE, ENVIRONMENT, VERSION, COMMIT, ERROR_TYPE -> true;
      default -> false;
    };
  }

  /** Whether only GELF has the field. */
  boolean isGelf() {
    return gelf;
  }

  /** Whether only Serilog's compact format has the field. */
  boolean isCompact() {
    return compact;
  }

  /** The dotted path. */
  String text() {
    return text;
  }
}
