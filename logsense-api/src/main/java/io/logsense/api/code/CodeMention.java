package io.logsense.api.code;

/**
 * Something that the body of a block mentions: the place is kept, the expression is not.
 *
 * @param kind what it is
 * @param text name of the called method, simple name of the type, or the text of the literal
 * @param arity number of arguments of a call or creation, {@link #UNKNOWN_ARITY}, else 0
 * @param line 1-based line
 */
public record CodeMention(Kind kind, String text, int arity, int line) {
  /** The arity of a method reference. */
  public static final int UNKNOWN_ARITY = -1;

  /** What is mentioned. */
  public enum Kind {
    /** A method is called, by its simple name. */
    CALL,
    /** An object is made of a type; {@code this(...)} and {@code super(...)} too. */
    CREATION,
    /** A {@code throw} statement; the text is the type it creates, empty when it creates none. */
    THROW,
    /** A literal in a {@code throw} statement or among the arguments of a logging call. */
    MESSAGE
  }
}
