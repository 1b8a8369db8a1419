package io.logsense.internal.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that is being read: its lines, and what tells it from other files. */
final class OpenFile implements Closeable {
  private static final int MOST_TRIES = 3;
  private static final int SHORTEST_PROOF = 64;

  private final String key;
  private final ChannelInput channel;
  private final ByteInput text;
  private final Head head;
  private final LineReader lines;
  private final boolean plain;

  private OpenFile(
      String key,
      ChannelInput channel,
      ByteInput text,
      Head head,
      LineReader lines,
      boolean plain) {
    this.key = key;
    this.channel = channel;
    this.text = text;
    this.head = head;
    this.lines = lines;
    this.plain = plain;
  }

  /**
   * Opens {@code file} at {@code place}.
   *
   * @return null when this is not the file that {@code place} is in, or it is shorter
   */
  static @Nullable OpenFile open(Path file, Place place, int recordBytes)
      throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      String key = keyOf(file);
      ChannelInput channel = new ChannelInput(file);
      boolean kept = false;
      try {
        if (!key.equals(keyOf(file)) && i < MOST_TRIES) {
          continue;
        }
        OpenFile opened = at(place, file, key, channel, recordBytes);
        kept = opened != null;
        return opened;
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
  }

  /** Opens {@code file} at its beginning. */
  static OpenFile openStart(Path file, int recordBytes) throws IOException, InterruptedException {
    return Objects.requireNonNull(open(file, Place.START, recordBytes));
  }

  private static @Nullable OpenFile at(
      Place place, Path file, String key, ChannelInput channel, int recordBytes)
      throws IOException, InterruptedException {
    boolean sameKey = key.equals(place.fileKey());
    if (!place.isStart() && !sameKey && place.headLength() < SHORTEST_PROOF) {
      return null;
    }
    ContentKind kind = sniff(channel);
    if (kind == ContentKind.OTHER_COMPRESSION) {
      throw new IOException(
          file + " is compressed with something other than gzip; decompress it first");
    }
    ByteInput text = new TextInput(kind == ContentKind.GZIP ? new GzipInput(channel) : channel);
    Head head = new Head();
    if (!place.isStart() && !advance(text, place, head)) {
      return null;
    }
    LineReader lines = new LineReader(text, place, head, recordBytes, LineReader.BUFFER_BYTES);
    boolean plain = kind == ContentKind.TEXT || kind == ContentKind.BINARY;
    return new OpenFile(key, channel, text, head, lines, plain);
  }

  private static boolean advance(ByteInput text, Place place, Head head)
      throws IOException, InterruptedException {
    byte[] start = new byte[place.headLength()];
    int have = 0;
    while (have < start.length) {
      int n = text.read(start, have, start.length - have, Long.MAX_VALUE);
      if (n == ByteInput.END) {
        return false;
      }
      have += n;
    }
    head.append(start, 0, have);
    long rest = place.offset() - have;
    return head.hash(have) == place.headHash() && text.skip(rest) == rest;
  }

  /** The kind of {@code file}'s content. */
  static ContentKind sniff(Path file) throws IOException, InterruptedException {
    try (ChannelInput channel = new ChannelInput(file)) {
      return sniff(channel);
    }
  }

  private static ContentKind sniff(ChannelInput channel) throws IOException, InterruptedException {
    byte[] sample = new byte[ContentKind.SAMPLE_BYTES];
    int n = channel.readAt(0, sample, 0, sample.length);
    return ContentKind.of(sample, Math.max(n, 0));
  }

  /** What a rename leaves alone: the file system's own name, or when the file was made. */
  static String keyOf(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime().toString() : key.toString();
  }

  String key() {
    return key;
  }

  LineReader lines() {
    return lines;
  }

  Place place() {
    return lines.place(key);
  }

  /** The bytes behind the lines. */
  ByteInput text() {
    return text;
  }

  /** Whether the file was emptied, and perhaps written anew, since it was opened. */
  boolean wasRewritten() throws IOException, InterruptedException {
    if (!plain) {
      return false;
    }
    if (channel.size() < channel.consumed()) {
      return true;
    }
    byte[] now = new byte[head.length()];
    int n = now.length == 0 ? 0 : channel.readAt(0, now, 0, now.length);
    Head headNow = new Head();
    headNow.append(now, 0, Math.max(n, 0));
    return headNow.length() < head.length() || headNow.hash(now.length) != head.hash(now.length);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
