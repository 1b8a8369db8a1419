package io.logsense;

/** Every bound of the engine, with its default and the reason for it. Immutable. */
public final class Limits {
  private static final Limits DEFAULTS = new Builder().build();

  private final int recordBytes;
  private final int recordLines;
  private final int groups;
  private final int templates;
  private final int examplesPerGroup;
  private final int exampleChars;

  private Limits(Builder b) {
    recordBytes = b.recordBytes;
    recordLines = b.recordLines;
    groups = b.groups;
    templates = b.templates;
    examplesPerGroup = b.examplesPerGroup;
    exampleChars = b.exampleChars;
  }

  /** The defaults: a stream of never-repeating lines stays below about 150 MB of heap. */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Longest record in bytes; what is longer is cut and marked. Default 1 MiB. */
  public int recordBytes() {
    return recordBytes;
  }

  /** Most physical lines of one record; further lines are cut and marked. Default 4,096. */
  public int recordLines() {
    return recordLines;
  }

  /** Most groups; events of further identities are counted in one group "other". Default 10,000. */
  public int groups() {
    return groups;
  }

  /** Most templates; further messages belong to a catch-all. Default 10,000. */
  public int templates() {
    return templates;
  }

  /** Example events kept of each group. Default 4. */
  public int examplesPerGroup() {
    return examplesPerGroup;
  }

  /** Longest text kept of an example, in characters. Default 4,096. */
  public int exampleChars() {
    return exampleChars;
  }

  /** Collects limits. */
  public static final class Builder {
    private int recordBytes = 1 << 20;
    private int recordLines = 4096;
    private int groups = 10_000;
    private int templates = 10_000;
    private int examplesPerGroup = 4;
    private int exampleChars = 4096;

    private Builder() {}

    /** Sets the longest record, in bytes. */
    public Builder recordBytes(int value) {
      recordBytes = positive("recordBytes", value);
      return this;
    }

    /** Sets the most lines of a record. */
    public Builder recordLines(int value) {
      recordLines = positive("recordLines", value);
      return this;
    }

    /** Sets the most groups. */
    public Builder groups(int value) {
      groups = positive("groups", value);
      return this;
    }

    /** Sets the most templates. */
    public Builder templates(int value) {
      templates = positive("templates", value);
      return this;
    }

    /** Sets the examples kept of each group. */
    public Builder examplesPerGroup(int value) {
      examplesPerGroup = positive("examplesPerGroup", value);
      return this;
    }

    /** Sets the longest text of an example. */
    public Builder exampleChars(int value) {
      exampleChars = positive("exampleChars", value);
      return this;
    }

    /** The limits. */
    public Limits build() {
      return new Limits(this);
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
      }
      return value;
    }
  }
}
