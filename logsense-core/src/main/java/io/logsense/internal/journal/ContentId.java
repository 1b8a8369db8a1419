package io.logsense.internal.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that follow from what they name. */
public final class ContentId {
  private static final int BYTES = 8;

  private ContentId() {}

  /**
   * The scheme, and 64 bits of the SHA-256 of the parts.
   *
   * @param scheme such as {@code co1:}
   */
  public static String of(String scheme, String... parts) {
    try {
      byte[] content = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return scheme + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
