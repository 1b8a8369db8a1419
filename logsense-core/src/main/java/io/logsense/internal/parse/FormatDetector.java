package io.logsense.internal.parse;

import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Finds the format of a sample: the named format of the greatest confidence, else a header learned
 * from the sample, else plain text. When more than a tenth of the lines are of a second format, the
 * answer tries both. Where that finds nothing because records are long, as when a log ends in a
 * crash report, the question is asked again of the lines that begin with a time.
 */
public final class FormatDetector {
  /** The name of a format that was learned. */
  public static final String INFERRED = "inferred";

  private static final double NAMED_IS_ENOUGH = 0.6;
  private static final double FEWEST = 0.3;
  private static final int FEWEST_TIMED = 3;
  private static final double INFERRED_WEIGHT = 0.7;
  private static final double SECOND_FORMAT = 0.1;

  private final Catalogue catalogue;

  /** A detector among the formats of {@code catalogue}. */
  public FormatDetector(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * What was found.
   *
   * @param parser the parser of the format
   * @param confidence how sure that is, in [0, 1]
   */
  public record Detected(LogParser parser, double confidence) {}

  /** The format of the sample. */
  public Detected detect(RecordBatch batch) {
    Sample sample = Sample.of(batch);
    Detected first = single(sample);
    if (first.confidence < FEWEST) {
      return timed(sample);
    }
    if (first.parser.headLines() > 1) {
      return first;
    }
    Sample rest = sample.without(first.parser);
    if (rest.size <= SECOND_FORMAT * sample.size || rest.size < 3) {
      return first;
    }
    Detected second = single(rest);
    if (second.confidence < NAMED_IS_ENOUGH
        || second.confidence * rest.size <= SECOND_FORMAT * sample.size) {
      return first;
    }
    LogParser both = new CompositeParser(first.parser, second.parser);
    return new Detected(both, both.confidence(batch));
  }

  private Detected timed(Sample sample) {
    Sample timed = sample.timed();
    boolean fromTheStart = timed.size > 0 && timed.starts[0] == sample.starts[0];
    if (timed.size < FEWEST_TIMED && !fromTheStart) {
      return plainText();
    }
    Detected found = single(timed);
    return found.confidence < NAMED_IS_ENOUGH
        ? plainText()
        : new Detected(found.parser, FEWEST * found.confidence);
  }

  private Detected single(Sample sample) {
    Detected named = named(sample.toBatch());
    if (named.confidence >= NAMED_IS_ENOUGH) {
      return named;
    }
    @Nullable Layout layout = HeaderInference.infer(sample);
    if (layout != null) {
      LogParser inferred =
          new LayoutParser(INFERRED, layout, catalogue.timestamps(), INFERRED_WEIGHT);
      double confidence = INFERRED_WEIGHT * sample.share(inferred);
      if (confidence > named.confidence && confidence > FEWEST) {
        return new Detected(inferred, confidence);
      }
    }
    return named.confidence > FEWEST ? named : plainText();
  }

  private Detected named(RecordBatch batch) {
    Detected best = plainText();
    for (LogParser candidate : catalogue.candidates()) {
      double confidence = candidate.confidence(batch);
      if (confidence > best.confidence) {
        best = new Detected(candidate, confidence);
      }
    }
    return best;
  }

  private Detected plainText() {
    return new Detected(new PlainTextParser(catalogue.timestamps()), 0.05);
  }
}
