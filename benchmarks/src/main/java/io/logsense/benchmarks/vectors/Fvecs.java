package io.logsense.benchmarks.vectors;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors in the {@code .fvecs} format of the TEXMEX data sets: for each vector its dimension (32
 * bits), then its numbers (32-bit floats), all little-endian.
 */
public final class Fvecs {
  private static final int MAX_DIMENSION = 1 << 16;

  private Fvecs() {}

  /** Writes one vector. */
  public static void write(float[] vector, OutputStream out) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + vector.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(vector.length);
    bytes.asFloatBuffer().put(vector);
    out.write(bytes.array());
  }

  /**
   * All vectors of a file.
   *
   * @throws IOException when it is not such a file, or ends early
   */
  public static List<float[]> read(Path file) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] head = in.readNBytes(Integer.BYTES);
      while (head.length == Integer.BYTES) {
        int dimension = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (dimension < 1 || dimension > MAX_DIMENSION) {
          throw new IOException(file + " holds a vector of dimension " + dimension);
        }
        byte[] body = in.readNBytes(dimension * Float.BYTES);
        if (body.length < dimension * Float.BYTES) {
          throw new EOFException(file + " ends within vector " + vectors.size());
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        vectors.add(vector);
        head = in.readNBytes(Integer.BYTES);
      }
      if (head.length > 0) {
        throw new EOFException(file + " ends within vector " + vectors.size());
      }
    }
    return vectors;
  }
}
