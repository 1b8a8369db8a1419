package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an index in a file, or in a jar where the program that it describes finds it.
 *
 * <p>The format is described in {@code docs/state.md}. The same index makes the same bytes.
 */
public final class CodeIndexFile {
  /** Where an index stands in a jar. */
  public static final String RESOURCE = "META-INF/logsense/code.index";

  private static final int MAGIC = 0x4C534349; // LSCI
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 17;
  private static final int MOST_BYTES = 1 << 29;

  /** What source packs to is a fifth or more of its body; zeros pack to a thousandth. */
  private static final int MOST_EXPANSION = 64;

  /** A body of this length is taken however well it packs. */
  private static final int SMALL_BODY = 1 << 20;

  private CodeIndexFile() {}

  /** Writes an index that a {@link CodeIndexer} made; leaves {@code out} open. */
  public static void write(CodeIndex index, OutputStream out) throws IOException {
    if (!(index instanceof TableIndex known)) {
      throw new LogSenseException(
          Category.USAGE, index.getClass().getName() + " is no index of CodeIndexer");
    }
    if (!known.table().isOfOneOrigin()) {
      throw new LogSenseException(
          Category.USAGE, "an index of several jars is not written; write that of each");
    }
    out.write(pack(body(known.table())));
    out.flush();
  }

  /** A file around a body. */
  static byte[] pack(byte[] body) {
    byte[] packed = deflate(body);
    CRC32C checksum = new CRC32C();
    checksum.update(packed);
    return ByteBuffer.allocate(HEADER_BYTES + packed.length)
        .putInt(MAGIC)
        .put((byte) VERSION)
        .putInt(body.length)
        .putInt(packed.length)
        .putInt((int) checksum.getValue())
        .put(packed)
        .array();
  }

  /**
   * Reads what {@link #write} wrote. What is cut, changed, or was never an index is refused as a
   * whole, with {@link Category#EXTERNAL}.
   *
   * @param name what to call the input in a message
   */
  public static CodeIndex read(InputStream in, String name) throws IOException {
    return new TableIndex(readTable(in, name));
  }

  private static BlockTable readTable(InputStream in, String name) throws IOException {
    byte[] head = in.readNBytes(HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(head);
    if (head.length < HEADER_BYTES || header.getInt() != MAGIC) {
      throw refused(name, "is no code index", null);
    }
    int version = header.get();
    if (version != VERSION) {
      throw refused(name, "is a code index of version " + version + ", not " + VERSION, null);
    }
    int length = header.getInt();
    int packedLength = header.getInt();
    if (length < 0 || length > MOST_BYTES || packedLength < 0 || packedLength > MOST_BYTES) {
      throw refused(name, "is damaged: no index is that large", null);
    }
    if (length > Math.max(SMALL_BODY, (long) MOST_EXPANSION * packedLength)) {
      throw refused(name, "is damaged: " + packedLength + " bytes hold no " + length, null);
    }
    int checksum = header.getInt();
    byte[] packed = in.readNBytes(packedLength);
    CRC32C actual = new CRC32C();
    actual.update(packed);
    if (packed.length < packedLength || (int) actual.getValue() != checksum) {
      throw refused(name, "is damaged", null);
    }
    try {
      return table(new IndexBytes(inflate(packed, length)));
    } catch (DataFormatException | RuntimeException e) {
      throw refused(name, "is damaged", e);
    }
  }

  /**
   * One index of all that stand in the jars and folders of a class path, empty if there is none.
   * Each of its blocks has the origin of the jar that it is in.
   */
  public static Optional<CodeIndex> onClassPath(ClassLoader loader) throws IOException {
    List<BlockTable> tables = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources(RESOURCE))) {
      try (InputStream in = url.openStream()) {
        tables.add(readTable(in, url.toString()));
      }
    }
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableIndex(tables.size() == 1 ? tables.get(0) : TableCopier.joined(tables)));
  }

  private static byte[] body(BlockTable table) {
    IndexBytes out = new IndexBytes(new byte[1 << 16]);
    CodeOrigin origin = table.origin;
    out.text(origin.repository());
    out.text(origin.version());
    out.text(origin.commit());
    out.number(table.texts.size());
    for (int text = 0; text < table.texts.size(); text++) {
      out.utf8(table.texts.utf8(text));
    }
    out.number(table.files());
    for (int file = 0; file < table.files(); file++) {
      out.number(table.filePath[file]);
      out.number(table.fileContent[file]);
      out.number(table.fileBlocks[file + 1] - table.fileBlocks[file]);
      for (int block = table.fileBlocks[file]; block < table.fileBlocks[file + 1]; block++) {
        write(table, block, out);
      }
    }
    return out.written();
  }

  private static void write(BlockTable table, int block, IndexBytes out) {
    out.number(table.owner[block]);
    out.number(table.name[block]);
    out.number(table.arity[block]);
    out.number(table.signature[block]);
    out.number(table.doc[block]);
    out.number(table.start[block]);
    out.number(table.end[block] - table.start[block]);
    out.number(table.blockMentions[block + 1] - table.blockMentions[block]);
    for (int m = table.blockMentions[block]; m < table.blockMentions[block + 1]; m++) {
      out.number((table.mentionArity(m) + 1) << 2 | table.kind(m).ordinal());
      out.number(table.mentionText[m]);
      out.number(table.mentionLine(block, m));
    }
  }

  private static BlockTable table(IndexBytes in) {
    BlockTable.Builder table =
        new BlockTable.Builder(new CodeOrigin(in.text(), in.text(), in.text()));
    int texts = in.count();
    for (int text = 0; text < texts; text++) {
      if (table.text(in.utf8()) != text) {
        throw new IllegalArgumentException("text " + text + " is there twice");
      }
    }
    for (int files = in.count(); files > 0; files--) {
      table.file(in.below(texts), in.below(texts));
      for (int left = in.count(); left > 0; left--) {
        readBlock(table, texts, in);
      }
    }
    return table.build();
  }

  private static void readBlock(BlockTable.Builder table, int texts, IndexBytes in) {
    int owner = in.below(texts);
    int name = in.below(texts);
    int arity = in.number();
    int signature = in.below(texts);
    int doc = in.below(texts);
    int start = in.number();
    table.block(owner, name, arity, signature, doc, start, Math.addExact(start, in.number()));
    for (int left = in.count(); left > 0; left--) {
      int kind = in.number();
      int text = in.below(texts);
      table.mention(kind & 3, (kind >>> 2) - 1, text, in.number());
    }
  }

  private static byte[] deflate(byte[] body) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(body);
      deflater.finish();
      byte[] packed = new byte[body.length + body.length / 100 + 64];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(packed, length, packed.length - length);
      }
      return Arrays.copyOf(packed, length);
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] packed, int length) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] body = new byte[Math.min(length, 4 * Math.min(packed.length, SMALL_BODY))];
      int read = 0;
      while (read < length) {
        if (read == body.length) {
          body = Arrays.copyOf(body, Math.min(length, 2 * read));
        }
        int more = inflater.inflate(body, read, body.length - read);
        if (more == 0) {
          throw new DataFormatException("ends too early");
        }
        read += more;
      }
      return body;
    } finally {
      inflater.end();
    }
  }

  private static LogSenseException refused(String name, String why, @Nullable Exception cause) {
    return new LogSenseException(
        Category.EXTERNAL, name + " " + why + "; index the source again", cause);
  }
}
