package io.logsense.internal.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a file by its name, as {@code tail -F} does, and loses nothing when it is rotated.
 *
 * <ul>
 *   <li><b>Renamed:</b> the old file is read until it has not grown for the idle time, then the
 *       files that were rotated after it, then the new one.
 *   <li><b>Emptied</b> (copytruncate): what was not read yet comes from the copy, where there is
 *       one with the same head, then the file from its beginning.
 *   <li><b>Deleted:</b> the open file is read on until a new one has its name.
 *   <li><b>Restarted:</b> the file of the checkpoint is looked for under its own name and the names
 *       of rotation, by file key and head.
 * </ul>
 *
 * <p>A last line without line end is held until it gets one, or for the idle time. Used by one
 * thread, but {@code close} may come from another and ends a wait.
 */
final class TailReader implements PartitionReader {
  /** What a checkpoint begins with before the bytes of earlier files and a {@link Place}. */
  private static final String LATER_FILE = "2;";

  private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);

  private final Path live;
  private final int recordBytes;
  private final long interval;
  private final long idle;
  private final Pause pause;
  private final Rotation rotation;
  private final RecordBatch nothing = new RecordBatch(new byte[0]);

  private @Nullable OpenFile current;
  private boolean growing;
  private Place place;

  /** Bytes of the files before the current one; so that no two records have the same offset. */
  private long before;

  private long lastGrowth;
  private boolean replaced;
  private boolean resuming;

  /** Whether the place is the end of a file, whose bytes are counted among those before. */
  private boolean left;

  private @Nullable String previousKey;

  TailReader(Path live, Checkpoint from, int recordBytes, TailTiming timing, Pause pause) {
    this.live = live;
    this.recordBytes = recordBytes;
    this.interval = timing.interval().toNanos();
    this.idle = timing.idle().toNanos();
    this.pause = pause;
    this.rotation = new Rotation(live, recordBytes);
    String text = from.value();
    if (text.startsWith(LATER_FILE)) {
      int end = text.indexOf(';', LATER_FILE.length());
      before = bytesBefore(from, end);
      text = text.substring(end + 1);
    }
    place = Place.of(new Checkpoint(text));
    resuming = !place.isStart();
  }

  private static long bytesBefore(Checkpoint from, int end) {
    try {
      return Long.parseLong(from.value(), LATER_FILE.length(), Math.max(end, 0), 10);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE, "not a checkpoint of a file: '" + from + "'", e);
    }
  }

  @Override
  public RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    long end = pause.nanos() + timeout.toNanos();
    while (true) {
      OpenFile before = current;
      RecordBatch batch = advance();
      if (!batch.isEmpty()) {
        return batch;
      }
      if (before == current) {
        long left = end - pause.nanos();
        if (left <= 0) {
          return batch;
        }
        pause.await(Math.min(left, interval));
      }
    }
  }

  /** One step without waiting. */
  private RecordBatch advance() throws IOException, InterruptedException {
    if (current == null) {
      openNext();
    }
    OpenFile file = current;
    if (file == null) {
      return nothing;
    }
    if (growing && file.wasRewritten()) {
      return leaveRewritten(file);
    }
    long consumed = file.text().consumed();
    RecordBatch batch = file.lines().next(0);
    if (file.text().consumed() != consumed) {
      lastGrowth = pause.nanos();
    }
    if (!batch.isEmpty()) {
      place = file.place();
      return batch;
    }
    return growing ? atEndOfGrowing(file) : leave(file, false);
  }

  private RecordBatch atEndOfGrowing(OpenFile file) throws IOException {
    boolean replacedNow = isReplaced(file);
    if (replacedNow && !replaced) {
      // Whoever writes may not know yet that the file was renamed.
      lastGrowth = pause.nanos();
    }
    replaced = replacedNow;
    if (pause.nanos() - lastGrowth < idle) {
      return nothing;
    }
    if (replaced) {
      return leave(file, false);
    }
    RecordBatch rest = file.lines().rest(false);
    place = file.place();
    return rest;
  }

  private boolean isReplaced(OpenFile file) throws IOException {
    try {
      return !OpenFile.keyOf(live).equals(file.key());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private RecordBatch leave(OpenFile file, boolean cut) throws IOException {
    RecordBatch rest = file.lines().rest(cut);
    place = file.place();
    before += place.offset();
    left = true;
    file.close();
    previousKey = file.key();
    current = null;
    return rest;
  }

  private RecordBatch leaveRewritten(OpenFile file) throws IOException, InterruptedException {
    Place unread = file.place();
    OpenFile copy = unread.isStart() ? null : rotation.containing(unread);
    if (copy == null) {
      return leave(file, false);
    }
    file.close();
    begin(copy, false);
    return nothing;
  }

  private void openNext() throws IOException, InterruptedException {
    if (resuming) {
      resuming = false;
      if (resume()) {
        return;
      }
      before += place.offset();
      LOG.warn(
          "{} and its rotated files do not contain the checkpoint; reading from the start", live);
    }
    try {
      OpenFile rotated = previousKey == null ? null : rotation.next(previousKey);
      OpenFile file = rotated == null ? OpenFile.openStart(live, recordBytes) : rotated;
      if (rotated == null && previousKey != null && rotation.hasNext(previousKey, file.key())) {
        // Rotated between the two looks; the next step sees it.
        file.close();
      } else {
        begin(file, rotated == null);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is not there yet", live);
    }
  }

  private boolean resume() throws IOException, InterruptedException {
    OpenFile file = openLive();
    if (file != null) {
      begin(file, true);
      return true;
    }
    file = rotation.containing(place);
    if (file != null) {
      begin(file, false);
    }
    return file != null;
  }

  private @Nullable OpenFile openLive() throws IOException, InterruptedException {
    try {
      return OpenFile.open(live, place, recordBytes);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void begin(OpenFile file, boolean isLive) {
    current = file;
    growing = isLive;
    left = false;
    file.lines().countFrom(before);
    replaced = false;
    lastGrowth = pause.nanos();
    place = file.place();
  }

  @Override
  public Checkpoint position() {
    long bytes = left ? before - place.offset() : before;
    Checkpoint checkpoint = place.toCheckpoint();
    return bytes == 0 ? checkpoint : new Checkpoint(LATER_FILE + bytes + ';' + checkpoint);
  }

  @Override
  public Progress progress() {
    OpenFile file = current;
    return file == null ? Progress.NONE : new Progress(file.text().consumed(), file.text().total());
  }

  @Override
  public void close() throws IOException {
    pause.end();
    OpenFile file = current;
    if (file != null) {
      file.close();
    }
  }
}
