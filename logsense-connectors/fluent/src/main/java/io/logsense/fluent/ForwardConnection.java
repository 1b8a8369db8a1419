package io.logsense.fluent;

import io.logsense.api.source.RecordQueue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.value.ValueType;

/**
 * Reads the messages of one sender, in any of the four modes of the Forward protocol (version 1).
 *
 * <p>Records go to the queue in portions while a message is read, so that a message takes little
 * more memory than its own bytes; it is acknowledged when all of them are there.
 */
final class ForwardConnection {
  private static final int PORTION_BYTES = 64 * 1024;

  /** Each record has the tag in it. */
  private static final int TAG_CHARS = 1024;

  private final FluentSource.Limits limits;
  private final RecordQueue queue;
  private final List<byte[]> lines = new ArrayList<>();
  private long[] times = new long[64];
  private int bytes;

  ForwardConnection(FluentSource.Limits limits, RecordQueue queue) {
    this.limits = limits;
    this.queue = queue;
  }

  private record Options(@Nullable String chunk, @Nullable String compressed) {}

  /**
   * Reads until the sender has no more, or what it sends cannot be read: where the next message
   * begins cannot be told then. Records before the break are taken.
   */
  void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
    MessagePackReader messages = new MessagePackReader(in, limits.messageBytes());
    while (messages.hasNext()) {
      messages.allow();
      String chunk;
      try {
        chunk = message(messages);
      } catch (IOException | MessagePackException e) {
        flush();
        queue.dropped(1);
        return;
      }
      if (chunk != null) {
        acknowledge(chunk, out);
      }
    }
  }

  /** Hands the records of a message over; returns what is to be acknowledged. */
  private @Nullable String message(MessagePackReader in) throws IOException, InterruptedException {
    if (in.type() == ValueType.NIL) {
      // What Fluentd takes as a heartbeat.
      in.nil();
      return null;
    }
    int size = in.array("a message");
    if (size < 2 || size > 4) {
      throw new ProtocolException("a message of " + size + " values");
    }
    String tag = in.text("a tag");
    if (tag.length() > TAG_CHARS) {
      throw new ProtocolException("a tag of " + tag.length() + " characters");
    }
    Options options;
    switch (in.type()) {
      case ARRAY -> {
        for (int left = in.array("entries"); left > 0; left--) {
          entry(in, tag);
        }
        options = options(in, size - 2);
      }
      case STRING, BINARY -> {
        byte[] packed = in.bytes("entries");
        options = options(in, size - 2);
        unpack(packed, options, tag);
      }
      default -> {
        add(in.time(), in, tag);
        options = options(in, size - 3);
      }
    }
    flush();
    return options.chunk();
  }

  private static Options options(MessagePackReader in, int left) throws IOException {
    if (left < 0 || left > 1) {
      throw new ProtocolException("a message of another length than its mode's");
    }
    String chunk = null;
    String compressed = null;
    if (left == 1 && in.type() == ValueType.NIL) {
      in.nil();
    } else if (left == 1) {
      for (int members = in.map("options"); members > 0; members--) {
        switch (in.text("an option")) {
          case "chunk" -> chunk = in.text("a chunk");
          case "compressed" -> compressed = in.text("a compression");
          default -> in.skip();
        }
      }
    }
    return new Options(chunk, compressed);
  }

  private void unpack(byte[] packed, Options options, String tag)
      throws IOException, InterruptedException {
    InputStream in = new ByteArrayInputStream(packed);
    int allowed = packed.length;
    if ("gzip".equals(options.compressed())) {
      in = new GZIPInputStream(in);
      allowed = limits.decompressedBytes();
    } else if (options.compressed() != null && !options.compressed().equals("text")) {
      throw new ProtocolException("compressed by " + options.compressed());
    }
    MessagePackReader entries = new MessagePackReader(in, allowed);
    while (entries.hasNext()) {
      entry(entries, tag);
    }
  }

  private void entry(MessagePackReader in, String tag) throws IOException, InterruptedException {
    if (in.array("an entry") != 2) {
      throw new ProtocolException("an entry of another length");
    }
    add(in.time(), in, tag);
  }

  private void add(long time, MessagePackReader in, String tag)
      throws IOException, InterruptedException {
    byte[] line = in.line("fluent.tag", tag, limits.recordBytes());
    if (line == null) {
      // A line of JSON cannot be cut.
      queue.dropped(1);
      return;
    }
    if (lines.size() == times.length) {
      times = Arrays.copyOf(times, times.length * 2);
    }
    times[lines.size()] = time;
    lines.add(line);
    bytes += line.length;
    if (bytes >= PORTION_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException, InterruptedException {
    if (!lines.isEmpty()) {
      queue.put(lines, Arrays.copyOf(times, lines.size()));
      lines.clear();
      bytes = 0;
    }
  }

  private static void acknowledge(String chunk, OutputStream out) throws IOException {
    try (MessageBufferPacker answer = MessagePack.newDefaultBufferPacker()) {
      answer.packMapHeader(1).packString("ack").packString(chunk);
      out.write(answer.toByteArray());
      out.flush();
    }
  }
}
