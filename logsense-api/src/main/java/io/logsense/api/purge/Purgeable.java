package io.logsense.api.purge;

/**
 * What keeps data that may name people, and can forget one of them. Implemented by whatever keeps
 * events, groups, vectors, documents or records, beside what else it is; what is no {@code
 * Purgeable} cannot forget. Calls may come from any thread, and find what was there when they
 * began.
 *
 * <p>An item is what is kept under one id or in one place: an event, a group, a document, a vector,
 * a line of a journal. Where a text is the item, as with an event, a document or a raw record, the
 * item goes; where something else hangs on it, as with a group or a decision, the item stays and
 * {@link Subject#REDACTED} takes the place of the subject.
 */
public interface Purgeable {
  /**
   * How many items {@link #purge} would remove or rewrite; changes nothing. What keeps no texts and
   * cannot tell, as a cache of vectors, counts all that might come from the subject.
   *
   * @throws io.logsense.api.LogSenseException as {@link #purge} does
   */
  long mentions(Subject subject);

  /**
   * Forgets a subject: when this returns, nothing that is kept, no file and no memory of this
   * object mentions it, freed pages of files included; what a server keeps besides, such as logs of
   * its own and backups, its connector documents. All other items are as they were. After a failure
   * or a crash there is everything or less, never something torn, and purging again goes on.
   *
   * @return how many items were removed or rewritten
   * @throws io.logsense.api.LogSenseException (usage) when it cannot forget single items, saying
   *     what to do instead; (transient or external) when it failed
   */
  long purge(Subject subject);
}
