package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the blocks in which an error may start, without a language model.
 *
 * <p>A pure function of the error, the index and, if it is given, the history of the code. The
 * ideas are known ones: expanding a trace by the calls that its methods make (CrashLocator, Wu et
 * al., ISSTA 2014; SBEST, arXiv 2405.00565), comparing its words with those of the code (BRTracer,
 * Wong et al., ICSME 2014), and learning to rank from features of frames (ChangeLocator, Wu et al.,
 * EMSE 2018). Here the ranker is linear, and each of its terms is told as a reason.
 *
 * <p>Safe for many threads, unless it has a history. Cost: about a millisecond a trace once the
 * code is warm, and about ten for the first; linear in the message literals of the index.
 */
public final class CandidateRanking {
  /** The past of these many is asked for: it is read file by file. */
  private static final int MOST_DATED = 10;

  /** Days after which a change counts half. */
  private static final double RECENT_DAYS = 14;

  private final TableIndex index;
  private final @Nullable History history;
  private final Map<String, Double> trust;

  private CandidateRanking(TableIndex index, @Nullable History history, Map<String, Double> trust) {
    this.index = index;
    this.history = history;
    this.trust = trust;
  }

  /** A ranking over an index that a {@link CodeIndexer} made or a {@link CodeIndexFile} kept. */
  public static CandidateRanking over(CodeIndex index) {
    if (index instanceof TableIndex table) {
      return new CandidateRanking(table, null, Map.of());
    }
    throw new LogSenseException(
        Category.USAGE, index.getClass().getName() + " is no index of CodeIndexer");
  }

  /** The same ranking, which also asks when the best candidates changed last. */
  public CandidateRanking with(History newHistory) {
    return new CandidateRanking(index, newHistory, trust);
  }

  /**
   * The same ranking, in which counts what people said of earlier root causes.
   *
   * @param newTrust how often a block was right, by its symbol: from -1, never, to 1, always
   */
  public CandidateRanking trusting(Map<String, Double> newTrust) {
    return new CandidateRanking(index, history, Map.copyOf(newTrust));
  }

  /** At most {@code most} candidates for the error of {@code trace}, best first. */
  public List<Candidate> rank(StackTrace trace, int most) {
    TraceEvidence evidence = new TraceEvidence(index, trace.error());
    return best(evidence.gather(), most);
  }

  /**
   * At most {@code most} candidates for what an event tells, best first: by its stack trace, and
   * where no frame of it is known, by its message. For a group, its representative will do.
   */
  public List<Candidate> rank(LogEvent event, int most) {
    StackTrace trace = event.exception();
    List<Candidate> candidates = trace == null ? List.of() : rank(trace, most);
    return candidates.isEmpty() ? rank(event.message(), most) : candidates;
  }

  /** At most {@code most} candidates for a logged message without a trace, best first. */
  public List<Candidate> rank(String message, int most) {
    Map<Integer, Evidence> found = new HashMap<>();
    TraceEvidence.noteSayers(index, message, found);
    return best(new ArrayList<>(found.values()), most);
  }

  private List<Candidate> best(List<Evidence> found, int most) {
    if (!trust.isEmpty()) {
      found.forEach(this::judge);
    }
    found.sort(order());
    List<Evidence> kept = new ArrayList<>(found.subList(0, Math.min(most, found.size())));
    if (history != null) {
      noteHistory(kept, history);
      kept.sort(order());
    }
    return kept.stream().map(evidence -> evidence.candidate(index.table())).toList();
  }

  private void judge(Evidence evidence) {
    double said = trust.getOrDefault(index.table().block(evidence.block).symbol(), 0.0);
    if (said != 0) {
      evidence.judge(Math.max(-1, Math.min(1, said)));
    }
  }

  private static Comparator<Evidence> order() {
    return Comparator.comparingDouble((Evidence evidence) -> -evidence.score())
        .thenComparingInt(evidence -> evidence.block);
  }

  private void noteHistory(List<Evidence> kept, History known) {
    BlockTable table = index.table();
    for (Evidence evidence : kept.subList(0, Math.min(kept.size(), MOST_DATED))) {
      int block = evidence.block;
      known
          .lastChange(table.path(table.file(block)), table.start[block], table.end[block])
          .ifPresent(
              changed -> {
                double days =
                    Math.max(0, known.newest().getEpochSecond() - changed.getEpochSecond())
                        / 86_400.0;
                evidence.note(
                    Fact.RECENT,
                    1 / (1 + days / RECENT_DAYS),
                    "changed " + Math.round(days) + " days before the newest commit");
              });
    }
  }
}
