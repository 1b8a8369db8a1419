package io.logsense.api.template;

import java.util.List;
import java.util.Optional;

/**
 * Learns templates from a stream of messages. Implemented by plugins.
 *
 * <p>Online: a message is assigned when it is seen. Bounded: past its limit of templates a miner
 * assigns to a catch-all rather than grow.
 *
 * <p>Threads: one at a time learns ({@link #learn}, {@link #mine}, {@link #merge}), with a
 * happens-before between one and the next; which message founds a template depends on the order of
 * messages, so several could not give one result. While it does, any number of threads may call the
 * other methods; they see a state that the learning thread had a moment ago. {@link #match} should
 * not wait for a message of a known template.
 */
public interface TemplateMiner {
  /** Name and version of the algorithm, such as {@code tm1}. */
  String scheme();

  /**
   * Learns {@code message} and answers the id of its template as of now: what a stream calls for
   * every message. Should not allocate for messages of known templates.
   */
  String learn(String message);

  /** {@link #learn Learns} {@code message} and says more about where it belongs. */
  TemplateMatch mine(String message);

  /** Where {@code message} would belong, without learning; empty when it matches nothing. */
  Optional<TemplateMatch> match(String message);

  /** The templates learnt so far, most frequent first, ties by id. */
  List<Template> templates();

  /** The id under which the template once called {@code id} lives now; {@code id} if unknown. */
  String resolve(String id);

  /** Everything learnt, in a documented, versioned format. */
  byte[] snapshot();

  /**
   * Adds what another miner learnt. Into an empty miner this restores; otherwise it merges.
   *
   * @throws io.logsense.api.LogSenseException (usage) when {@code snapshot} is not a snapshot of
   *     this scheme or is damaged
   */
  void merge(byte[] snapshot);
}
