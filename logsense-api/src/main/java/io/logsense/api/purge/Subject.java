package io.logsense.api.purge;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person, by one identifier as logs have it: an e-mail address, a user id, a name, a number.
 * Immutable.
 *
 * <p>A text mentions the subject when it contains the identifier, ASCII letters of either case
 * alike: as it stands, with any of its characters escaped as in JSON or percent-encoded, or, from 5
 * characters on, within Base64. No boundary of words is asked for, so that nothing of the subject
 * can hide behind a prefix; an identifier that is part of others, such as {@code 4711} of {@code
 * 14711}, names them too: choose a longer one, and look at a preview.
 */
public final class Subject {
  /** What takes the place of a subject in a text that has to stay. */
  public static final String REDACTED = "<SUBJECT_REDACTED>";

  private static final int LEAST = 3;
  private static final int MOST = 200;
  private final String identifier;
  private final String expression;
  private final Pattern pattern;

  private Subject(String identifier) {
    this.identifier = identifier;
    expression = SubjectForms.expression(identifier);
    pattern = Pattern.compile(expression);
  }

  /**
   * The subject of that identifier; blanks around it do not count.
   *
   * @throws LogSenseException (usage) when it has fewer than 3 or more than 200 characters, or
   *     control characters, or would be found in {@link #REDACTED}
   */
  public static Subject of(String identifier) {
    String text = identifier.strip();
    if (text.length() < LEAST || text.length() > MOST) {
      throw usage(
          "a subject of %d characters; it must be %d to %d, or it would name everybody or nobody"
              .formatted(text.length(), LEAST, MOST));
    }
    if (text.chars().anyMatch(Character::isISOControl) || !isWhole(text)) {
      throw usage("a subject with control characters or half a surrogate pair; leave them out");
    }
    Subject subject = new Subject(text);
    if (subject.isIn(REDACTED)) {
      throw usage("'" + text + "' is part of " + REDACTED + ", which takes its place");
    }
    return subject;
  }

  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_16BE.newEncoder().canEncode(text);
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }

  /** The identifier. */
  public String identifier() {
    return identifier;
  }

  /** Whether a text mentions it. Linear in the text. */
  public boolean isIn(String text) {
    return pattern.matcher(text).find();
  }

  /** Whether a key or a value mentions it. */
  public boolean isIn(Map<String, String> texts) {
    return texts.entrySet().stream().anyMatch(text -> isIn(text.getKey()) || isIn(text.getValue()));
  }

  /** Whether a record mentions it, in UTF-8, ISO 8859-1 or UTF-16. */
  public boolean isIn(byte[] record) {
    if (isIn(new String(record, StandardCharsets.UTF_8))
        || isIn(new String(record, StandardCharsets.ISO_8859_1))) {
      return true;
    }
    for (int from = 0; from < Math.min(2, record.length); from++) { // units may begin at odd bytes
      int length = record.length - from;
      if (isIn(new String(record, from, length, StandardCharsets.UTF_16LE))
          || isIn(new String(record, from, length, StandardCharsets.UTF_16BE))) {
        return true;
      }
    }
    return false;
  }

  /** The text with {@link #REDACTED} for every mention; the same instance when there is none. */
  public String redact(String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.replaceAll(Matcher.quoteReplacement(REDACTED)) : text;
  }

  /**
   * A regular expression that finds what {@link #isIn(String)} does, for stores that can search by
   * one: of the syntax that java.util.regex, RE2, PCRE and PostgreSQL's advanced expressions have
   * in common. Case-sensitive, without flags.
   */
  public String expression() {
    return expression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Subject subject && subject.identifier.equals(identifier);
  }

  @Override
  public int hashCode() {
    return identifier.hashCode();
  }

  /** Does not tell who it is, for it may come into logs. */
  @Override
  public String toString() {
    return "a subject of " + identifier.length() + " characters";
  }
}
