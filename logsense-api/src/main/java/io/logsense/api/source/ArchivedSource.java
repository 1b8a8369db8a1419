package io.logsense.api.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A source whose records are kept in an archive as they are read: to analyse them again, with other
 * settings or another version.
 *
 * <p><b>What is kept is raw:</b> masking comes later, so the archive holds whatever the logs hold.
 * Nothing is archived unless a source is wrapped in this.
 *
 * <p>A file in the archive holds records of one partition as lines, in gzip, under the day in UTC
 * on which the first of them was read. It is written when records are acknowledged, when it has 8
 * MiB, and at the end: a stop leaves nothing out, a crash at most what was not acknowledged. After
 * a crash records may be in it twice. Times and labels that only the source knows are not kept.
 *
 * <p>When the archive refuses a file, it waits in memory, also while its partition is closed and
 * opened again here, and nothing more of that partition is read or acknowledged until it is kept.
 * Only a process that ends before leaves it out.
 */
public final class ArchivedSource implements LogSource {
  /** Compressed bytes of a file after which it is written; it may be one batch longer. */
  private static final int FILE_BYTES = 8 << 20;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/HHmmssSSS").withZone(ZoneOffset.UTC);

  private final LogSource source;
  private final Archive archive;
  private final InstantSource clock;

  /** What could not be written when a partition was closed, for its next reader. */
  private final Map<String, Unwritten> unwritten = new ConcurrentHashMap<>();

  /** A source of the records of {@code source}. */
  public ArchivedSource(LogSource source, Archive archive, InstantSource clock) {
    this.source = source;
    this.archive = archive;
    this.clock = clock;
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public List<String> partitions() throws IOException {
    return source.partitions();
  }

  @Override
  public boolean replayable() {
    return source.replayable();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    return new Reader(partition, source.open(partition, from));
  }

  /** A file that is whole. */
  private static final class Unwritten {
    private final String name;
    private final byte[] gzip;

    Unwritten(String name, byte[] gzip) {
      this.name = name;
      this.gzip = gzip;
    }
  }

  private final class Reader implements PartitionReader {
    private final String partition;
    private final PartitionReader reader;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream gzip;
    private @Nullable Unwritten whole;
    private String name = "";

    Reader(String partition, PartitionReader reader) {
      this.partition = partition;
      this.reader = reader;
      whole = unwritten.remove(partition);
    }

    @Override
    public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
      if (whole != null || file.size() >= FILE_BYTES) {
        write();
      }
      RecordBatch batch = reader.poll(timeout);
      if (batch == null) {
        write();
      } else if (!batch.isEmpty()) {
        add(batch);
      }
      return batch;
    }

    private void add(RecordBatch batch) throws IOException {
      GZIPOutputStream out = gzip;
      if (out == null) {
        long place = RecordBuffer.offsetOf(id() + '\n' + partition) ^ batch.offset(0);
        Instant now = clock.instant();
        name = "%s-%016x.log.gz".formatted(NAME.format(now), place);
        out = new GZIPOutputStream(file);
        gzip = out;
      }
      for (int i = 0; i < batch.size(); i++) {
        out.write(batch.buffer(), batch.start(i), batch.length(i));
        out.write('\n');
      }
    }

    /** Keeps what has been read so far. What fails is tried again before anything else is read. */
    private void write() throws IOException {
      if (gzip != null && whole == null) {
        gzip.close();
        gzip = null;
        whole = new Unwritten(name, file.toByteArray());
        file.reset();
      }
      Unwritten next = whole;
      if (next != null) {
        archive.keep(next.name, next.gzip);
        whole = null;
      }
    }

    @Override
    public Checkpoint position() {
      return reader.position();
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException {
      write();
      reader.acknowledge(upTo);
    }

    @Override
    public Map<String, String> labels() {
      return reader.labels();
    }

    @Override
    public Progress progress() {
      return reader.progress();
    }

    @Override
    public void close() throws IOException {
      try {
        write();
      } finally {
        if (whole != null) {
          unwritten.put(partition, whole);
          whole = null;
        }
        reader.close();
      }
    }
  }
}
