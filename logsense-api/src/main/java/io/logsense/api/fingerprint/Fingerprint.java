package io.logsense.api.fingerprint;

import java.util.HexFormat;

/**
 * An identity computed from content: 128 bits under a scheme version.
 *
 * <p>Equal content gives equal fingerprints in every JVM. The text form is {@code scheme:32 hex
 * digits}, for instance {@code jf1:0f3a…}.
 *
 * @param scheme name and version of the algorithm, such as {@code jf1}
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record Fingerprint(String scheme, long high, long low) {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * The fingerprint that {@link #toString()} printed.
   *
   * @throws IllegalArgumentException if {@code text} is not of the form {@code scheme:32 hex
   *     digits}
   */
  public static Fingerprint parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || text.length() != colon + 33) {
      throw new IllegalArgumentException(
          "not a fingerprint (scheme:32 hex digits): '" + text + "'");
    }
    return new Fingerprint(
        text.substring(0, colon),
        HexFormat.fromHexDigitsToLong(text, colon + 1, colon + 17),
        HexFormat.fromHexDigitsToLong(text, colon + 17, colon + 33));
  }

  @Override
  public String toString() {
    return scheme + ':' + HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
