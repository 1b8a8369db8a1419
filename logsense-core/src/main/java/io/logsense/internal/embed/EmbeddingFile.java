package io.logsense.internal.embed;

import io.logsense.api.embed.ModelCard;
import io.logsense.internal.store.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** Vectors in a file, format {@code LSEV} version 1; see docs/state.md. */
final class EmbeddingFile {
  private static final int MAGIC = 0x4C534556; // "LSEV"
  private static final int VERSION = 1;
  private static final int KEY_AND_TIME = 3 * Long.BYTES;

  private EmbeddingFile() {}

  static void write(Path file, ModelCard model, SortedMap<EmbeddingKey, CachedVector> vectors)
      throws IOException {
    WholeFile.write(file, target -> write(target, model, vectors));
  }

  private static void write(
      OutputStream target, ModelCard model, SortedMap<EmbeddingKey, CachedVector> vectors)
      throws IOException {
    CRC32C sum = new CRC32C();
    DataOutputStream out = new DataOutputStream(new CheckedOutputStream(target, sum));
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeByte(EmbeddingKey.NORMALISER);
    out.writeShort(model.id().length());
    out.writeBytes(model.id());
    out.writeInt(model.dimension());
    out.writeInt(vectors.size());
    for (Map.Entry<EmbeddingKey, CachedVector> entry : vectors.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      out.writeLong(entry.getValue().computed());
      for (float value : entry.getValue().row()) {
        out.writeFloat(value);
      }
    }
    out.writeInt((int) sum.getValue());
    out.flush();
  }

  /**
   * Everything in {@code file}, which is checked as a whole first.
   *
   * @throws IOException with a message that completes "cannot read …: " when it is damaged, of
   *     another version or of another model
   */
  static Map<EmbeddingKey, CachedVector> read(Path file, ModelCard model) throws IOException {
    CRC32C sum = new CRC32C();
    try (InputStream source = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      DataInputStream in = new DataInputStream(new CheckedInputStream(source, sum));
      int header = checkHeader(in, model);
      int count = in.readInt();
      long each = KEY_AND_TIME + (long) Float.BYTES * model.dimension();
      if (count < 0 || Files.size(file) != header + Integer.BYTES + count * each + Integer.BYTES) {
        throw new IOException("it is damaged: its size does not fit its count of vectors");
      }
      Map<EmbeddingKey, CachedVector> vectors = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        EmbeddingKey key = new EmbeddingKey(in.readLong(), in.readLong());
        long computed = in.readLong();
        float[] row = new float[model.dimension()];
        for (int k = 0; k < row.length; k++) {
          row[k] = in.readFloat();
        }
        vectors.put(key, new CachedVector(row, computed));
      }
      int expected = (int) sum.getValue();
      if (in.readInt() != expected) {
        throw new IOException("it is damaged: its checksum does not fit");
      }
      return vectors;
    }
  }

  /** The size of the header in bytes. */
  private static int checkHeader(DataInputStream in, ModelCard model) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("it is not a file of cached embeddings");
    }
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "it has version " + version + "; this library reads version " + VERSION);
    }
    int normaliser = in.readUnsignedByte();
    String id = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.US_ASCII);
    int dimension = in.readInt();
    if (normaliser != EmbeddingKey.NORMALISER
        || !id.equals(model.id())
        || dimension != model.dimension()) {
      throw new IOException(
          String.format(
              "it holds vectors of %s with %d numbers (normaliser %d), not of %s with %d (%d)",
              id, dimension, normaliser, model.id(), model.dimension(), EmbeddingKey.NORMALISER));
    }
    return Integer.BYTES + 2 + Short.BYTES + id.length() + Integer.BYTES;
  }
}
