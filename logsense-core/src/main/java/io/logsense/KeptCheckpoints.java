package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.internal.source.CheckpointStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in a file, or for as long as the engine lives: so a partition that is gone for a
 * while goes on where it was. Used by one thread.
 */
final class KeptCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCheckpoints.class);
  private static final int MOST = 10_000;

  private final @Nullable CheckpointStore file;
  private final Map<String, Checkpoint> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checkpoint> eldest) {
          return size() > MOST;
        }
      };
  private final Map<String, Checkpoint> kept = new HashMap<>();
  private boolean failed;

  KeptCheckpoints(@Nullable CheckpointStore file) {
    this.file = file;
  }

  @Override
  public Checkpoint load(String key) {
    Checkpoint place = known.get(key);
    if (place != null) {
      return place;
    }
    return file == null ? Checkpoint.START : file.load(key);
  }

  @Override
  public void save(String key, Checkpoint position) {
    if (position.equals(known.put(key, position)) && !failed) {
      return;
    }
    try {
      if (file != null) {
        file.save(key, position);
      }
      kept.put(key, position);
      failed = false;
    } catch (LogSenseException e) {
      if (!failed) {
        LOG.warn("checkpoint of {} not saved; a restart will repeat records", key, e);
      }
      failed = true;
    }
  }

  @Override
  public @Nullable Checkpoint kept(String key) {
    return kept.remove(key);
  }

  @Override
  public boolean isSaving(String key) {
    return false;
  }
}
