package io.logsense.internal.template;

import io.logsense.api.purge.Subject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template: a combination of the texts of its group, as counted so far.
 *
 * <p>Threads: {@link #count}, {@link #successor} and {@link #form} may be read by any thread while
 * one changes the template; the rest is guarded by the miner.
 */
final class Learned {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Learned.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How a template reads as of some moment. Never changed. */
  static final class Form {
    final String text;

    /** Whether each position is shown as a variable. */
    final boolean[] variable;

    Form(String text, boolean[] variable) {
      this.text = text;
      this.variable = variable;
    }
  }

  /** The place in the miner's table of templates. */
  int number;

  /** 64-bit hash of the masked line that founded it. */
  final long founder;

  final String id;

  /** Null for the catch-all. */
  @Nullable Group group;

  /** Token hashes; {@link MaskedLine#VARIABLE} where the group has a wildcard. */
  long[] tokens;

  /** Token texts, each with the space in front of it. Replaced, never changed in place. */
  String[] words;

  /** Hash of each token as shown, 0 once several were seen. */
  long[] shown;

  @SuppressWarnings("UnusedVariable") // through COUNT
  private long count;

  /** The template that this one became part of, or itself. */
  volatile Learned successor = this;

  private volatile @Nullable Form form;

  Learned(
      int number,
      long founder,
      @Nullable Group group,
      long[] tokens,
      String[] words,
      long[] shown) {
    this.number = number;
    this.founder = founder;
    this.id = id(founder);
    this.group = group;
    this.tokens = tokens;
    this.words = words;
    this.shown = shown;
  }

  static String id(long founder) {
    char[] digits = new char[20];
    "tm1:".getChars(0, 4, digits, 0);
    for (int i = 0; i < 16; i++) {
      digits[4 + i] = Character.forDigit((int) (founder >>> (60 - 4 * i)) & 15, 16);
    }
    return new String(digits);
  }

  long count() {
    return (long) COUNT.getOpaque(this);
  }

  /** Counts {@code more} messages; for one thread at a time. */
  void add(long more) {
    COUNT.setOpaque(this, count() + more);
  }

  /** Bytes that a template of {@code tokens} tokens and {@code chars} characters takes, roughly. */
  static long weight(int tokens, int chars) {
    return 500 + 200L * tokens + chars;
  }

  long weight() {
    int chars = 0;
    for (String word : words) {
      chars += word.length();
    }
    return weight(tokens.length, chars);
  }

  /** Who answers for this template now. */
  Learned current() {
    Learned end = this;
    Learned next = end.successor;
    while (next != end) {
      end = next;
      next = end.successor;
    }
    return end;
  }

  /** Blanks the positions that became wildcards. */
  void widen(boolean[] wild) {
    for (int i = 0; i < tokens.length; i++) {
      if (wild[i] && (tokens[i] != MaskedLine.VARIABLE || shown[i] != 0)) {
        tokens[i] = MaskedLine.VARIABLE;
        generalize(i, wildcard(words[i]));
      }
    }
  }

  /** Takes in the count and the words of a template with the same tokens, which it replaces. */
  void absorb(Learned other) {
    for (int i = 0; i < tokens.length; i++) {
      if (shown[i] != 0 && shown[i] != other.shown[i]) {
        generalize(i, other.shown[i] == 0 ? other.words[i] : wildcard(words[i]));
      }
    }
    add(other.count());
    other.retire(this);
  }

  /** Keeps nothing but the id, the count and who answers for it from now on. */
  void retire(Learned answering) {
    group = null;
    tokens = new long[0];
    words = new String[0];
    shown = new long[0];
    successor = answering;
  }

  /** From now on position {@code i} reads {@code word}, whatever comes. */
  void generalize(int i, String word) {
    String[] changed = words.clone();
    changed[i] = word;
    words = changed;
    shown[i] = 0;
    form = null;
  }

  /** Whether the words mention a subject, in one or across several. */
  boolean mentions(Subject subject) {
    return subject.isIn(String.join("", words));
  }

  /** Makes wildcards of the words that mention a subject. */
  void redact(Subject subject) {
    // Of a match across words those go that it ends and begins in. One pass, whatever the subject:
    // it might be part of what wildcards look like.
    for (int to = mentions(subject) ? 1 : words.length + 1; to <= words.length; to++) {
      if (subject.isIn(text(0, to))) {
        int from = 0;
        while (subject.isIn(text(from + 1, to))) {
          from++;
        }
        for (int i = from; i < to; i++) {
          if (!isWildcard(words[i])) {
            generalize(i, wildcard(words[i].startsWith(" ") ? " " : ""));
          }
        }
      }
    }
  }

  private String text(int from, int to) {
    return String.join("", List.of(words).subList(from, to));
  }

  private static boolean isWildcard(String word) {
    return word.strip().equals("<*>");
  }

  /** {@code <*>} with the space in front and the separator behind {@code word}. */
  private static String wildcard(String word) {
    int from = word.startsWith(" ") ? 1 : 0;
    int to = word.length();
    while (to > from && ",;:.".indexOf(word.charAt(to - 1)) >= 0) {
      to--;
    }
    return word.substring(0, from) + "<*>" + word.substring(to);
  }

  /** The form as of now, if it is known; otherwise {@link #form} finds it. */
  @Nullable Form knownForm() {
    return form;
  }

  /** The form as of now; guarded by the miner. */
  Form form() {
    Form known = form;
    if (known == null) {
      boolean[] variable = new boolean[shown.length];
      for (int i = 0; i < variable.length; i++) {
        variable[i] = shown[i] == 0;
      }
      known = new Form(text(), variable);
      form = known;
    }
    return known;
  }

  /** The words, with neighbouring wildcards written once. */
  private String text() {
    StringBuilder out = new StringBuilder();
    boolean wildcard = false;
    for (String word : words) {
      boolean bare = isWildcard(word);
      if (!(bare && wildcard)) {
        out.append(word);
      }
      wildcard = bare;
    }
    return out.toString();
  }
}
