package io.logsense.aws;

import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import io.logsense.aws.S3Progress.Place;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The lines of one object from some place on, as they come in; gzip is unpacked. Holds no more than
 * the longest line allowed and a chunk.
 */
final class ObjectLines implements Closeable {
  private static final int CHUNK = 64 * 1024;
  private static final String GZIP = "1f8b";

  /** Zstandard, xz, bzip2, LZ4, zip, Parquet and ORC. */
  private static final List<String> UNREADABLE =
      List.of("28b52ffd", "fd377a58", "425a68", "04224d18", "504b0304", "50415231", "4f5243");

  private static final int MAGIC_BYTES = 4;

  private final Body body;
  private final String etag;
  private final long origin;
  private final int recordBytes;
  private final boolean resumed;
  private InputStream decoded = InputStream.nullInputStream();
  private boolean started;
  private boolean ended;
  private boolean gzip;
  private boolean inCutLine;
  private byte[] buffer = new byte[CHUNK];
  private final RecordBatch batch = new RecordBatch(buffer);
  private int start;
  private int scanned;
  private int end;
  private long bufferOffset;
  private long line;

  /** What cannot be read however often it is tried. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The lines of what {@code response} brings.
   *
   * @param from where to begin. The response brings gzip from its beginning, other content from the
   *     byte before that
   */
  ObjectLines(
      ResponseInputStream<GetObjectResponse> response, String key, Place from, int recordBytes) {
    body = new Body(response);
    etag = response.response().eTag();
    origin = RecordBuffer.offsetOf(key + '\n' + etag);
    resumed = from.offset() > 0;
    gzip = from.gzip();
    inCutLine = from.inCutLine();
    bufferOffset = from.offset();
    line = from.line();
    this.recordBytes = recordBytes;
  }

  /**
   * The next lines, at least one; none at the end.
   *
   * @throws DamagedException when the content is broken; {@link #rest} has what came before that
   * @throws IOException when the connection is
   */
  RecordBatch next() throws IOException {
    compact();
    try {
      if (!started) {
        decode();
      }
      while (batch.isEmpty() && !ended) {
        read();
      }
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    } catch (DamagedException e) {
      throw e;
    } catch (IOException e) {
      if (e instanceof ZipException || body.isWhole()) {
        throw new DamagedException("damaged behind " + (bufferOffset + end) + " bytes", e);
      }
      throw e;
    }
    return batch;
  }

  private void decode() throws IOException {
    InputStream raw = body;
    if (!resumed) {
      PushbackInputStream head = new PushbackInputStream(body, MAGIC_BYTES);
      byte[] bytes = head.readNBytes(MAGIC_BYTES);
      head.unread(bytes);
      String magic = HexFormat.of().formatHex(bytes);
      if (UNREADABLE.stream().anyMatch(magic::startsWith)) {
        throw new DamagedException("neither text nor gzip", null);
      }
      gzip = magic.startsWith(GZIP);
      raw = head;
    } else if (!gzip) {
      raw.skipNBytes(1);
    }
    if (gzip) {
      raw = new GZIPInputStream(raw, CHUNK);
      raw.skipNBytes(bufferOffset);
    }
    decoded = raw;
    started = true;
  }

  private void compact() {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    bufferOffset += start;
    end -= start;
    scanned -= start;
    start = 0;
    batch.reset(buffer, line);
  }

  private void read() throws IOException {
    if (buffer.length - end < CHUNK / 2) {
      buffer = Arrays.copyOf(buffer, buffer.length + CHUNK);
      batch.reset(buffer, line);
    }
    int n = decoded.read(buffer, end, buffer.length - end);
    if (n < 0) {
      ended = true;
      rest(false);
      return;
    }
    end += n;
    split();
  }

  private void split() {
    for (; scanned < end; scanned++) {
      if (buffer[scanned] == '\n') {
        endLine(scanned);
        start = scanned + 1;
      }
    }
    if (end - start > recordBytes) {
      cutLine();
    }
  }

  private void endLine(int newline) {
    if (inCutLine) {
      inCutLine = false;
      return;
    }
    int contentEnd = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
    boolean cut = contentEnd - start > recordBytes;
    add(cut ? start + recordBytes : contentEnd, cut);
  }

  private void cutLine() {
    if (!inCutLine) {
      add(start + recordBytes, true);
      inCutLine = true;
    }
    start = end;
  }

  private void add(int recordEnd, boolean cut) {
    batch.add(start, recordEnd, origin + bufferOffset + start, cut);
    line++;
  }

  /** The last line, which no line end follows; {@code cut} says whether it is known to go on. */
  RecordBatch rest(boolean cut) {
    if (end > start && !inCutLine) {
      add(end, cut);
    }
    start = end;
    return batch;
  }

  /** When the object was modified, in milliseconds since the epoch; AWS knows the second. */
  long modified() {
    return body.response.response().lastModified().toEpochMilli();
  }

  /** The place behind the lines so far. */
  Place place() {
    return new Place(etag, gzip, inCutLine, bufferOffset + start, line);
  }

  @Override
  public void close() {
    body.close();
  }

  /** The bytes of an object as they come. */
  private static final class Body extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> response;
    private long missing;

    Body(ResponseInputStream<GetObjectResponse> response) {
      super(response);
      this.response = response;
      missing = response.response().contentLength();
    }

    boolean isWhole() {
      return missing <= 0;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      missing -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      missing -= Math.max(0, read);
      return read;
    }

    /** Else GZIPInputStream takes the end of one member for the end of all. */
    @Override
    public int available() {
      return isWhole() ? 0 : 1;
    }

    /** Leaves the connection to the next object, unless the rest would have to be read for that. */
    @Override
    public void close() {
      try {
        if (isWhole()) {
          response.close();
          return;
        }
      } catch (IOException e) {
        // It is of no more use.
      }
      response.abort();
    }
  }
}
