package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.cluster.Cluster;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Explanation;
import io.logsense.api.cluster.GroupMatch;
import io.logsense.api.cluster.Link;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorStore;
import io.logsense.internal.cluster.ClusterBook;
import io.logsense.internal.cluster.Decision;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Groups that mean the same, and the decisions of people about them.
 *
 * <pre>{@code
 * try (Clusters clusters = Clusters.builder().directory(Path.of("state")).open()) {
 *   clusters.add(LogSense.analyze(Path.of("app.log")).groups());
 *   clusters.suggestions().forEach(System.out::println);
 *   clusters.merge(List.of(a, b)).apply("ana", "one outage, two messages");
 * }
 * }</pre>
 *
 * <p>A group is embedded once, when it is first seen. Two groups whose texts are alike from the
 * model's {@link ModelCard#same()} on become one cluster by themselves; from {@link
 * ModelCard#similar()} on a merge is suggested. A decision of a person always wins over that, and
 * the newer decision over the older. Clusters are a function of these facts alone: adding the same
 * groups again, in any order and number, or after a restart, gives the same clusters. A group is
 * compared with those nearest to it when it comes, 16 at most.
 *
 * <p>With a directory every fact is on the disk when the method that made it returns. Thread-safe.
 */
public final class Clusters implements AutoCloseable, Purgeable {
  private static final int TOP = 20;

  private final ClusterBook book;
  private final InstantSource clock;
  private final GroupComparison comparison;
  private final MeaningText text;

  private Clusters(ClusterBook book, InstantSource clock, FrameFingerprinter frames) {
    this.book = book;
    this.clock = clock;
    comparison = new GroupComparison(frames);
    text = new MeaningText(frames);
  }

  /** A builder with the defaults: in memory, with the embedder of core. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Learns groups: those not seen before are embedded and placed, the others are brought up to
   * date.
   */
  public void add(Collection<Group> groups) {
    book.add(groups, text::of);
  }

  /** All clusters, by id. */
  public List<Cluster> all() {
    return book.clusters();
  }

  /**
   * The cluster of a group.
   *
   * @throws LogSenseException (usage) when no such group was added
   */
  public Cluster of(String group) {
    return book.cluster(group);
  }

  /** The group as it was last added; empty when it was not, in this process. */
  public Optional<Group> group(String id) {
    return book.group(id);
  }

  /**
   * The groups most like this one, best first, of its own cluster or not; {@link Link#other} tells
   * which.
   *
   * @param limit at most so many
   */
  public List<Link> similar(String group, int limit) {
    return book.similar(group, limit);
  }

  /**
   * The groups that answer a question in plain words, best first: those that have its words, and
   * those that mean the same in others. Among the groups that were added in this process.
   *
   * @param text such as {@code "database connection refused"}
   * @param filter which groups are asked for, see {@link GroupFilters}
   * @param limit at most so many
   */
  public List<GroupMatch> search(String text, Predicate<Group> filter, int limit) {
    return book.search(text, filter, limit);
  }

  /** The {@value #TOP} groups that answer a question best. */
  public List<GroupMatch> search(String text) {
    return search(text, group -> true, TOP);
  }

  /**
   * Pairs worth a look: alike, in different clusters, and no decision keeps them apart; best first.
   */
  public List<Link> suggestions() {
    return book.suggestions();
  }

  /**
   * Proposes that {@code groups}, and with them their clusters, are one problem. It takes
   * precedence over an earlier split between those clusters.
   *
   * @throws LogSenseException (usage) when there are fewer than two groups, or one was never added
   */
  public Proposal merge(Collection<String> groups) {
    List<String> ids = groups.stream().map(book::current).distinct().sorted().toList();
    if (ids.size() < 2) {
      throw new LogSenseException(Category.USAGE, "a merge needs two groups or more");
    }
    return proposal(Decision.merge(book.toMerge(ids)));
  }

  /**
   * Proposes that {@code groups} leave their clusters, for good. Each side keeps what joins it;
   * groups that were together only through the other side come apart as well, which {@link
   * Proposal#effect} shows. The strict fingerprint of a stack trace, one of the {@link
   * Group#variants()} of a group added in this process, leaves its group: events seen from then on
   * are counted under that fingerprint.
   *
   * @throws LogSenseException (usage) when a group was never added, or nothing would be left behind
   */
  public Proposal split(Collection<String> groups) {
    List<String> left = groups.stream().map(book::current).distinct().sorted().toList();
    List<String> right = new ArrayList<>();
    for (String id : left) {
      book.home(id).stream().filter(other -> !left.contains(other)).forEach(right::add);
    }
    if (left.isEmpty() || right.isEmpty()) {
      throw new LogSenseException(
          Category.USAGE, "nothing to split: " + left + " is all there is in its cluster");
    }
    return proposal(Decision.split(left, right.stream().distinct().sorted().toList()));
  }

  /** Proposes that a decision does not hold any more; that of an undo brings it back. */
  public Proposal undo(String correction) {
    if (book.corrections().stream().noneMatch(known -> known.id().equals(correction))) {
      throw new LogSenseException(Category.USAGE, "no decision '" + correction + "'");
    }
    return proposal(Decision.undo(correction));
  }

  /**
   * Proposes to place all groups anew by density (DBSCAN); decisions of people stand. It holds for
   * the model in use; {@code recluster(card.same(), 2)} is what holds without one.
   *
   * @param score from here on two groups are neighbours, in (0, 1]
   * @param minPoints how many neighbours make the core of a cluster, itself included; 2 joins all
   *     neighbours
   */
  public Proposal recluster(double score, int minPoints) {
    return new Proposal(
        book.effect(score, minPoints),
        (who, why) -> book.rule(score, minPoints, who, clock.instant(), why));
  }

  /**
   * Why two groups are one problem, or two. Frames and words are there for groups that were added
   * in this process.
   *
   * @throws LogSenseException (usage) when one of them was never added
   */
  public Explanation explain(String first, String second) {
    Explanation bare = book.explain(first, second);
    Group one = book.group(first).orElse(null);
    Group two = book.group(second).orElse(null);
    return one == null || two == null ? bare : comparison.complete(bare, one, two);
  }

  /** Every decision, oldest first. */
  public List<Correction> history() {
    return book.corrections();
  }

  /** Every decision that names the group or one that is or was in its cluster, oldest first. */
  public List<Correction> history(String group) {
    return book.history(group);
  }

  /** Whether people split stack traces of this strict fingerprint from their group. */
  boolean isSeparate(Fingerprint strict) {
    return book.separate().contains(strict);
  }

  /**
   * Adds what another instance knows, kept in {@code directory}: its groups, links and decisions.
   * It does not matter who adds whom, or how often.
   *
   * @throws LogSenseException (usage) when there are no clusters in {@code directory}; (external)
   *     when they cannot be read or are damaged; nothing was added then
   */
  public void absorb(Path directory) {
    book.absorb(directory);
  }

  @Override
  public long mentions(Subject subject) {
    return book.mentions(subject);
  }

  /**
   * Takes the subject out of the texts that groups are compared by, which are embedded again, of
   * examples, and of who decided and why. Links and decisions stay, and so do the clusters.
   */
  @Override
  public long purge(Subject subject) {
    return book.purge(subject);
  }

  /** Saves the vectors and lets the directory go. From then on every change is refused. */
  @Override
  public void close() {
    book.close();
  }

  private Proposal proposal(Decision decision) {
    return new Proposal(
        book.effect(decision), (who, why) -> book.decide(decision, who, clock.instant(), why));
  }

  /** Collects what clusters are made with. Not thread-safe. */
  public static final class Builder {
    private @Nullable Embedder embedder;
    private @Nullable VectorStore vectors;
    private @Nullable Path directory;
    private InstantSource clock = InstantSource.system();
    private FrameFingerprinter frames = Fingerprinters.javaFrames();

    private Builder() {}

    /** Names the packages of the application, as for the engine, to tell which frames count. */
    public Builder inApp(String... packages) {
      frames = frames.inApp(packages);
      return this;
    }

    /**
     * Embeds with {@code value} instead of the default, through a cache unless it is one; the
     * caller closes it, after these clusters.
     */
    public Builder embedder(Embedder value) {
      embedder = Objects.requireNonNull(value, "embedder");
      return this;
    }

    /** Keeps vectors in {@code value} instead of the store of core. */
    public Builder vectors(VectorStore value) {
      vectors = Objects.requireNonNull(value, "vectors");
      return this;
    }

    /** Keeps everything in {@code value}; by default nothing outlives the process. */
    public Builder directory(Path value) {
      directory = Objects.requireNonNull(value, "directory");
      return this;
    }

    /** Sets the clock that dates decisions. */
    public Builder clock(InstantSource value) {
      clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /**
     * Opens what the directory holds, or begins.
     *
     * @throws LogSenseException (usage) when the vector store is of another model than the
     *     embedder; (external) when the directory cannot be used, is in use, or is damaged
     */
    public Clusters open() {
      Embedder model = embedder == null ? Embedders.hashed() : embedder;
      if (!(model instanceof EmbeddingCache)) {
        model = Embedders.cached(model);
      }
      ModelCard card = model.model();
      VectorStore store =
          vectors == null ? VectorStores.hnsw(card.id(), card.dimension()) : vectors;
      if (!store.modelId().equals(card.id()) || store.dimension() != card.dimension()) {
        throw new LogSenseException(
            Category.USAGE,
            "the vector store holds vectors of %s with %d numbers, the embedder makes those of %s with %d; give a store of the same model"
                .formatted(store.modelId(), store.dimension(), card.id(), card.dimension()));
      }
      return new Clusters(new ClusterBook(model, store, directory), clock, frames);
    }
  }
}
