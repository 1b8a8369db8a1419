package io.logsense.api.template;

import java.util.List;
import java.util.Optional;

/**
 * Learns templates from a stream of messages. Implemented by plugins.
 *
 * <p>Online: a message is assigned when it is seen. Bounded: past its limit of templates a miner
 * assigns to a catch-all rather than grow. One thread at a time may learn.
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
