package io.logsense.internal.embed;

import io.logsense.api.embed.ModelCard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a vector is cached under: 128 bits of SHA-256 over model, dimension, version of the
 * normaliser and normalised text.
 *
 * <p>The text itself is not kept, so a saved cache tells nothing of it. Log texts may come from
 * someone who wishes two of them to meet: finding any such pair takes about 2<sup>64</sup> hashes,
 * and among a million texts a chance meeting has a probability below 10<sup>-26</sup>.
 */
record EmbeddingKey(long high, long low) {
  /** A change to {@link #normalise} is a new version. */
  static final int NORMALISER = 1;

  private static final char SEPARATOR = '\n';

  /** Makes the keys of one model; one thread at a time. */
  static final class Maker {
    private final MessageDigest sha;
    private final byte[] prefix;

    Maker(ModelCard model) {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has SHA-256", e);
      }
      String space = model.id() + SEPARATOR + model.dimension() + SEPARATOR + NORMALISER;
      prefix = (space + SEPARATOR).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of a text that is normalised already. */
    EmbeddingKey key(String text) {
      // Not a charset: its encoder would take all lone surrogates for one.
      ByteBuffer units = ByteBuffer.allocate(Character.BYTES * text.length());
      units.asCharBuffer().put(text);
      sha.update(prefix);
      ByteBuffer hash = ByteBuffer.wrap(sha.digest(units.array()));
      return new EmbeddingKey(hash.getLong(), hash.getLong());
    }
  }

  /**
   * The text without space at its ends and with one space for each run of white space and control
   * characters; the same instance when it is so already. Case stays: it tells words of code apart.
   */
  static String normalise(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isGap(c)) {
        gap = true;
        continue;
      }
      if (gap && !out.isEmpty()) {
        out.append(' ');
      }
      gap = false;
      out.append(c);
    }
    return text.contentEquals(out) ? text : out.toString();
  }

  private static boolean isGap(char c) {
    return Character.isWhitespace(c) || Character.isISOControl(c);
  }
}
