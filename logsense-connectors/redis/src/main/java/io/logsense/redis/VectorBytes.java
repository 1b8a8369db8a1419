package io.logsense.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in Redis: under {@code logsense:embedding:MODEL:HASH} the numbers of a vector, four
 * bytes each, the lowest first. HASH is the first 128 bits of the SHA-256 of the text's UTF-16
 * units, which tell halves of a surrogate pair apart.
 */
final class VectorBytes {
  static final String PREFIX = "logsense:embedding:";
  private static final int HASH_BYTES = 16;

  /** A squared length further from 1 than that is no unit vector. */
  private static final double ROUNDING = 1e-3;

  private VectorBytes() {}

  static String key(String model, String text) {
    try {
      ByteBuffer chars = ByteBuffer.allocate(Character.BYTES * text.length());
      chars.asCharBuffer().put(text);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(chars.array());
      return PREFIX + model + ':' + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static byte[] of(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /** The vector; null when the bytes are not a unit vector of that dimension. */
  static float @Nullable [] vector(byte @Nullable [] bytes, int dimension) {
    if (bytes == null || bytes.length != dimension * Float.BYTES) {
      return null;
    }
    float[] vector = new float[dimension];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    return Math.abs(squares - 1) < ROUNDING ? vector : null;
  }
}
