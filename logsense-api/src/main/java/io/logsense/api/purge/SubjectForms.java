package io.logsense.api.purge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an identifier may be written in logs, as one regular expression.
 *
 * <p>Every repetition is bounded, so a search is linear in its text for any engine.
 */
final class SubjectForms {
  /** A backslash is doubled with each JSON text inside another: 1, 3, 7 before a letter. */
  private static final String ESCAPES = "\\\\{1,7}";

  /** A percent sign is encoded again with each URL inside another. */
  private static final String PERCENT = "%(?:25){0,2}";

  /** Fewer characters of Base64 than this are found by chance. */
  private static final int LEAST_BASE64 = 6;

  private static final String SPECIAL = "\\.+*?()[]{}|^$";

  private SubjectForms() {}

  static String expression(String identifier) {
    StringBuilder plain = new StringBuilder();
    identifier.codePoints().forEach(c -> plain.append(character(c)));
    List<String> forms = new ArrayList<>();
    forms.add(plain.toString());
    for (int before = 0; before < 3; before++) {
      base64(identifier, before, forms);
    }
    return String.join("|", forms);
  }

  /** One character in all its spellings. */
  private static String character(int c) {
    List<String> spellings = new ArrayList<>();
    String one = Character.toString(c);
    switch (c) {
      case '\\' -> spellings.add("\\\\{1,8}");
      case '"', '/' -> spellings.add("\\\\{0,7}" + one);
      case ' ' -> spellings.add("[ +]");
      default -> spellings.add(isLetter(c) ? "[" + lower(one) + upper(one) + "]" : quoted(one));
    }
    for (String variant : variants(one)) {
      StringBuilder units = new StringBuilder();
      variant
          .chars()
          .forEach(unit -> units.append(ESCAPES + "u").append(hex("%04x".formatted(unit))));
      spellings.add(units.toString());
      StringBuilder bytes = new StringBuilder();
      for (byte b : variant.getBytes(StandardCharsets.UTF_8)) {
        bytes.append(PERCENT).append(hex("%02x".formatted(b)));
      }
      spellings.add(bytes.toString());
    }
    return "(?:" + String.join("|", spellings) + ")";
  }

  private static String quoted(String one) {
    return SPECIAL.contains(one) ? "\\" + one : one;
  }

  /** Hex digits of either case. */
  private static String hex(String digits) {
    StringBuilder either = new StringBuilder();
    digits
        .chars()
        .forEach(
            c -> {
              String one = Character.toString(c);
              either.append(c >= 'a' ? "[" + one + upper(one) + "]" : one);
            });
    return either.toString();
  }

  /**
   * Adds what Base64 makes of the identifier behind {@code before} bytes of a group of three: the
   * characters that depend on nothing but it.
   */
  private static void base64(String identifier, int before, List<String> forms) {
    List<byte[][]> bytes = new ArrayList<>();
    for (int c : identifier.codePoints().toArray()) {
      String one = Character.toString(c);
      List<byte[]> variants = new ArrayList<>();
      variants(one).forEach(variant -> variants.add(variant.getBytes(StandardCharsets.UTF_8)));
      for (int i = 0; i < variants.get(0).length; i++) {
        int at = i;
        bytes.add(variants.stream().map(all -> new byte[] {all[at]}).toArray(byte[][]::new));
      }
    }
    StringBuilder form = new StringBuilder();
    int length = 0;
    for (int start = -before; start < bytes.size(); start += 3) {
      // Of four characters, number k holds bits 6k to 6k + 5 of the three bytes.
      int first = start < 0 ? (before * 8 + 5) / 6 : 0;
      int last = Math.min(3, bytes.size() - start) * 8 / 6;
      if (first < last) {
        form.append(group(bytes, start, first, last));
        length += last - first;
      }
    }
    if (length >= LEAST_BASE64) {
      forms.add(form.toString());
    }
  }

  /** The characters from first to last that three bytes can become, in all cases of letters. */
  private static String group(List<byte[][]> bytes, int start, int first, int last) {
    List<byte[]> combinations = List.of(new byte[3]);
    for (int i = 0; i < 3; i++) {
      if (start + i < 0 || start + i >= bytes.size()) {
        continue;
      }
      List<byte[]> more = new ArrayList<>();
      for (byte[] combination : combinations) {
        for (byte[] value : bytes.get(start + i)) {
          byte[] next = combination.clone();
          next[i] = value[0];
          more.add(next);
        }
      }
      combinations = more;
    }
    Set<String> groups = new LinkedHashSet<>();
    for (byte[] combination : combinations) {
      groups.add(Base64.getEncoder().encodeToString(combination).substring(first, last));
    }
    List<String> spelled = groups.stream().map(SubjectForms::spelled).toList();
    return spelled.size() == 1 ? spelled.get(0) : "(?:" + String.join("|", spelled) + ")";
  }

  /** Base64 has another alphabet for URLs, is percent-encoded, and JSON may escape its slash. */
  private static String spelled(String base64) {
    return base64.replace("+", "(?:[+-]|%2[bB])").replace("/", "(?:\\\\{0,7}/|_|%2[fF])");
  }

  private static Set<String> variants(String one) {
    Set<String> variants = new LinkedHashSet<>();
    variants.add(one);
    if (isLetter(one.codePointAt(0))) {
      variants.add(lower(one));
      variants.add(upper(one));
    }
    return variants;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String lower(String one) {
    return one.toLowerCase(Locale.ROOT);
  }

  private static String upper(String one) {
    return one.toUpperCase(Locale.ROOT);
  }
}
