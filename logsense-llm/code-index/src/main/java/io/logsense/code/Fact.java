package io.logsense.code;

/**
 * What speaks for a block or against it. Each fact has a value, usually in [0, 1]; a score is the
 * sum of values times weights.
 *
 * <p>The weights come from a linear listwise ranker over real bugs; what they reach on projects
 * that they were not learned from is in the benchmarks. Facts are about the trace and the structure
 * of the code. None knows a word: names are only compared with other names.
 */
enum Fact {
  /** It is in the trace. */
  IN_TRACE("in-trace", 1.8),
  /** How near the throw point it is in the trace: 1, 1/2, 1/3, … */
  NEAR_THROW("near-throw", 1.05),
  /** It checks or reports: throws on the line of the trace and does little else. */
  GUARD("guard", 0.2),
  /** How near the throw point it is among what is no guard: 1, 1/2, 1/3, … */
  NEAR_WORK("near-work", 1.1),
  /** Only the error around the root cause went through it. */
  OUTER_CAUSE("outer-cause", -0.35),
  /** The JVM itself threw on its line: no {@code throw}, no library above. */
  FAILED_IN_PLACE("failed-in-place", 0.55),
  /** A library that it called threw. */
  LIBRARY_THREW("library-threw", 0.3),
  /** It is not in the trace, but called by a method of it before the line where that one failed. */
  CALLED_BEFORE("called-before", 1.55),
  /** It is not in the trace, but in the type of a method of it. */
  SAME_TYPE("same-type", -0.5),
  /** How large it is: 0 for one line, 1 for a hundred. */
  SIZE("size", 2.35),
  /** The message of the error stands in it. */
  SAYS_MESSAGE("says-message", 0.9),
  /** It can throw the type of the error. */
  THROWS_TYPE("throws-type", -0.55),
  /** How much it calls before the line of the trace: 0 for nothing, 1 for twenty calls. */
  WORK_BEFORE("work-before", 1.05),
  /** It is in the trace, and its words are those of the names in the trace. */
  TRACE_WORDS("trace-words", 0.9),
  /** Its lines changed shortly before the version. */
  RECENT("recent", 0.5),
  /**
   * What people said of root causes that named it, from -1, wrong, to 1, right. The weight is
   * chosen, not learned: no data says what people say. One rejection (-1/2) costs more than being
   * nearest to the throw point among what is no guard, and than the usual lead of the first.
   */
  FEEDBACK("feedback", 3.0);

  private final String word;
  private final double weight;

  Fact(String word, double weight) {
    this.word = word;
    this.weight = weight;
  }

  String word() {
    return word;
  }

  double weight() {
    return weight;
  }
}
