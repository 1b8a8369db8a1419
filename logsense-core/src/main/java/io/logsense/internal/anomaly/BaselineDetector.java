package io.logsense.internal.anomaly;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.AnomalyKind;
import io.logsense.api.anomaly.Judgement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A baseline and what points say against it, for many series.
 *
 * <p>Each part gives evidence in units of its own threshold; the strongest counts, and 1 is a
 * finding. The score is evidence / (1 + evidence).
 *
 * <ul>
 *   <li><i>Level:</i> the distance from the baseline in deviations, or, while all values were
 *       counts, a negative binomial tail, as the deviations at which a normal distribution has it.
 *   <li><i>Burst:</i> {@link BurstPart}.
 *   <li><i>Range:</i> a value that leaves the range of all values so far by 2 % of it adds 1. Not
 *       for counts, where a new maximum is nothing special.
 *   <li><i>Stretch:</i> {@link StretchPart} adds 1.
 *   <li><i>Cooldown:</i> after a finding, evidence that is no stronger is silent for a number of
 *       points; each finding and each silenced one begins the cooldown anew.
 *   <li><i>Freeze:</i> counts are not learned while a burst lasts, up to a number of points. After
 *       that the new level is accepted: the baseline begins anew. The budget grows back by a tenth
 *       of a point for each point learned.
 * </ul>
 *
 * <p>Hot loop: written for speed. State of a series: the baseline's, the burst's, then the fields
 * below; values are relative to the first one of the series, which keeps floats exact enough.
 */
public final class BaselineDetector implements AnomalyDetector {
  static final double HUGE = 1e18;

  /** Points of a series before anything is said about it. */
  static final int WARM_UP = 30;

  private static final double LARGEST_COUNT = 1e9;
  private static final double RANGE_MARGIN = 0.02;
  private static final double THAW = 0.1;

  /** The scale of a part of the day is at least this much of the deviation of all of them. */
  private static final double OVERALL_FLOOR = 0.1;

  private static final double OVERALL_LONG_RUN = 0.001;
  private static final double MOST_DEVIATIONS = 1e6;
  static final float MANY_POINTS = 1 << 20;

  /** Of the value itself: differences below it are rounding. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  static final int POINTS = 0;
  static final int LEARNED = 1;
  static final int LEAST = 2;
  static final int GREATEST = 3;
  static final int FROZEN = 4;
  static final int COOLING = 5;
  static final int PEAK = 6;
  static final int FRACTIONS = 7;
  static final int OVERALL = 8;
  static final int FIELDS = 9;

  final Settings settings;
  final Baseline baseline;
  final StretchPart stretch;
  final BurstPart burst;
  final int stretchAt;
  final int burstAt;
  final int fieldsAt;
  private final double band;

  /** −log of the probability at the limit of counts. */
  private final double odds;

  private final double spread;
  private final double perLevel;
  private final double perCount;

  private final Sample p = new Sample();
  private final SeriesBank bank;

  /** A detector without series. */
  public BaselineDetector(Settings settings) {
    this.settings = settings;
    baseline =
        settings.horizon().window() > 0
            ? new RollingBaseline(settings.horizon().window())
            : new SeasonalBaseline(settings.horizon());
    band = settings.level() > 0 ? settings.level() : Settings.LEVEL;
    odds = -Math.log(Tails.normal(settings.counts()));
    spread = Math.sqrt(2 * odds);
    perLevel = 1 / band;
    perCount = 1 / Math.max(1, settings.counts());
    stretch = new StretchPart(settings.stretch());
    burst = new BurstPart(settings.burst());
    stretchAt = baseline.size();
    burstAt = stretchAt + stretch.size();
    fieldsAt = burstAt + burst.size();
    bank = new SeriesBank(size());
  }

  @Override
  public void observe(int series, long epochMillis, double value, Judgement out) {
    if (series < 0) {
      throw new LogSenseException(
          Category.USAGE, "series " + series + ": handles are 0 or greater");
    }
    if (!Double.isFinite(value)) {
      out.clear();
      return;
    }
    bank.reach(series);
    float[] state = bank.state(series);
    int at = bank.at(series);
    int fields = at + fieldsAt;
    double bounded = Math.max(-HUGE, Math.min(HUGE, value));
    if (state[fields + POINTS] == 0) {
      begin(state, at);
      bank.origin(series, bounded);
      bank.time(series, epochMillis);
    }
    p.time = epochMillis;
    p.gap = Math.abs((double) epochMillis - (double) bank.time(series));
    p.origin = bank.origin(series);
    p.x = bounded - p.origin;
    if (bounded < 0 || bounded > LARGEST_COUNT || bounded != Math.rint(bounded)) {
      state[fields + FRACTIONS] = 1;
    }
    p.count = settings.counts() > 0 && state[fields + FRACTIONS] == 0;
    p.learned = state[fields + LEARNED];
    p.share = 1 / (p.learned + 1);
    p.evidence = 0;
    p.deviation = 0;
    p.burst = 0;
    baseline.expect(state, at, p);
    scale(state[fields + OVERALL]);
    level();
    double window = settings.burst() > 0 ? burst.judge(state, at + burstAt, p, WARM_UP) : 0;
    if (settings.stretch() > 0
        && !p.count
        && stretch.judge(state, at + stretchAt, p, state[fields + POINTS])) {
      p.evidence += 1;
    }
    range(state, fields);
    if (freezes(state, fields)) {
      if (state[fields + FROZEN] >= settings.freeze()) {
        anew(state, at);
      }
    } else {
      learn(state, at, window);
    }
    bank.time(series, epochMillis);
    answer(state, fields, out);
  }

  /** How many numbers a series has. */
  int size() {
    return fieldsAt + FIELDS;
  }

  private void begin(float[] state, int at) {
    Arrays.fill(state, at, at + size(), 0);
    anew(state, at);
  }

  private void anew(float[] state, int at) {
    baseline.reset(state, at);
    burst.reset(state, at + burstAt);
    state[at + fieldsAt + LEARNED] = 0;
    state[at + fieldsAt + FROZEN] = 0;
  }

  private void scale(float overall) {
    double mean = p.mean + p.origin;
    // Few points underestimate: the fewer, the wider.
    double variance = p.variance * (1 + 10 * p.share);
    if (p.count) {
      p.scale = Math.sqrt(Math.max(variance, Math.max(mean, 0) + 0.5));
    } else {
      double floor = RELATIVE_FLOOR * Math.abs(mean) + ABSOLUTE_FLOOR;
      double least = OVERALL_FLOOR * overall;
      p.scale = Math.sqrt(Math.max(variance, Math.max(least * least, floor * floor)));
    }
    double z = (p.x - p.mean) / p.scale;
    p.z = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, z));
  }

  private void level() {
    p.up = p.z > 0;
    if (settings.level() == 0 || p.learned < WARM_UP) {
      return;
    }
    if (p.count) {
      double mean = p.mean + p.origin;
      double deviations =
          Tails.count(Math.rint(p.x + p.origin), mean, Math.max(p.variance, mean), p.memory, p.z);
      p.offer(deviations * perCount, deviations, p.up);
    } else {
      p.offer(Math.abs(p.z) * perLevel, Math.abs(p.z), p.up);
    }
  }

  private void range(float[] state, int fields) {
    double least = state[fields + LEAST];
    double greatest = state[fields + GREATEST];
    double points = state[fields + POINTS];
    double range = greatest - least;
    if (settings.range() && !p.count && points >= 2 * WARM_UP && range > 0) {
      double outside = Math.max(p.x - greatest, least - p.x);
      if (outside > RANGE_MARGIN * range) {
        p.evidence += 1;
        p.up = p.x > greatest;
      }
    }
    state[fields + LEAST] = (float) Math.min(least, p.x);
    state[fields + GREATEST] = (float) Math.max(greatest, p.x);
    state[fields + POINTS] = (float) Math.min(points + 1, MANY_POINTS);
  }

  /** Whether the point is kept from the baseline; if not, the budget recovers a little. */
  private boolean freezes(float[] state, int fields) {
    if (p.count && p.burst >= 1 && state[fields + FROZEN] < settings.freeze()) {
      state[fields + FROZEN]++;
      return true;
    }
    state[fields + FROZEN] = (float) Math.max(0, state[fields + FROZEN] - THAW);
    return false;
  }

  private void learn(float[] state, int at, double window) {
    double deviation = p.x - p.mean;
    if (p.count && p.learned >= WARM_UP) {
      double most = BurstPart.CLIP * p.scale;
      deviation = Math.max(-most, Math.min(most, deviation));
    }
    baseline.learn(state, at, p, deviation);
    if (!p.count && settings.level() > 0) {
      double overall = state[at + fieldsAt + OVERALL];
      double weight = Math.max(OVERALL_LONG_RUN, p.share);
      state[at + fieldsAt + OVERALL] =
          (float) Math.sqrt((1 - weight) * (overall * overall + weight * deviation * deviation));
    }
    if (settings.burst() > 0) {
      burst.learn(state, at + burstAt, p, window);
    }
    state[at + fieldsAt + LEARNED] = (float) Math.min(p.learned + 1, MANY_POINTS);
  }

  private void answer(float[] state, int fields, Judgement out) {
    if (p.learned < WARM_UP) {
      out.clear();
      return;
    }
    double evidence = p.evidence;
    boolean silent = false;
    if (state[fields + COOLING] > 0) {
      state[fields + COOLING]--;
      silent = evidence <= state[fields + PEAK];
    } else {
      state[fields + PEAK] = 0;
    }
    boolean strong = evidence >= 1;
    if (strong && settings.cooldown() > 0) {
      state[fields + PEAK] = (float) Math.max(evidence, state[fields + PEAK]);
      state[fields + COOLING] = settings.cooldown();
    }
    double mean = p.mean + p.origin;
    double below = band * p.scale;
    double above = below;
    if (p.count) {
      // The bound of a gamma tail (Boucheron, Lugosi, Massart 2013, 2.4), which the negative
      // binomial has as well.
      double m = Math.max(mean, 0.5 / p.memory);
      below = Math.min(mean, spread * p.scale);
      above = spread * p.scale + p.scale * p.scale / m * odds;
    }
    AnomalyKind kind = null;
    if (strong && !silent) {
      kind = p.up ? AnomalyKind.SPIKE : AnomalyKind.DROP;
    }
    out.set(
        silent ? 0 : evidence / (1 + evidence),
        mean - below,
        mean + above,
        Math.min(1, 2 * Tails.normal(p.deviation)),
        kind);
  }

  @Override
  public void forget(int series) {
    if (bank.holds(series)) {
      bank.state(series)[bank.at(series) + fieldsAt + POINTS] = 0;
    }
  }

  @Override
  public void snapshot(OutputStream out) throws IOException {
    new BankWriter(out).write(settings, bank, fieldsAt + POINTS);
  }

  @Override
  public void merge(InputStream in, IntUnaryOperator handles) throws IOException {
    new BankMerge(this, bank).add(new BankReader(in).read(this), handles);
  }

  /** Whether the numbers of a series are such as this detector could have left them. */
  boolean possible(float[] state, int at) {
    int fields = at + fieldsAt;
    float points = state[fields + POINTS];
    float learned = state[fields + LEARNED];
    float fractions = state[fields + FRACTIONS];
    return points >= 1
        && points <= MANY_POINTS
        && learned >= 0
        && learned <= MANY_POINTS
        && state[fields + FROZEN] >= 0
        && state[fields + FROZEN] <= settings.freeze() + 1
        && state[fields + COOLING] >= 0
        && state[fields + COOLING] <= settings.cooldown()
        && state[fields + PEAK] >= 0
        && (fractions == 0 || fractions == 1)
        && state[fields + OVERALL] >= 0
        && stretch.possible(state, at + stretchAt)
        && baseline.possible(state, at)
        && burst.possible(state, at + burstAt);
  }
}
