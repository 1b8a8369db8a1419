package io.logsense.api.analysis;

import java.time.Instant;
import java.util.Set;

/**
 * Is told of everything that is about to leave the process for a language model. Implemented by
 * hosts; called before the prompt is sent, by any thread. Where it throws, nothing is sent.
 */
@FunctionalInterface
public interface AuditSink {
  /** Notes that a prompt is about to be sent. */
  void sending(Entry entry);

  /**
   * What is about to be sent.
   *
   * @param time when
   * @param tenant on whose account
   * @param incident id of the incident
   * @param model id of the model
   * @param prompt version of the prompt's template
   * @param fields the kinds of data in the prompt
   * @param bytes length of the prompt in UTF-8
   */
  record Entry(
      Instant time,
      String tenant,
      String incident,
      String model,
      String prompt,
      Set<String> fields,
      int bytes) {
    /** Copies the set. */
    public Entry {
      fields = Set.copyOf(fields);
    }
  }
}
