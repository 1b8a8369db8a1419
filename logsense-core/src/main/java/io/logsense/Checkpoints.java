package io.logsense;

import io.logsense.api.source.Checkpoint;
import org.jspecify.annotations.Nullable;

/** Where the checkpoints of live partitions are kept. */
interface Checkpoints {
  /** Where to go on; {@link Checkpoint#START} when nothing is known. */
  Checkpoint load(String key);

  /**
   * Keeps a place, now or soon.
   *
   * @param position all records before it have been counted
   */
  void save(String key, Checkpoint position);

  /** The place that has been kept since the last call, which may be acknowledged; null for none. */
  @Nullable Checkpoint kept(String key);

  /** Whether a place is yet to be kept. */
  boolean isSaving(String key);
}
