package io.logsense.internal.source;

import java.util.Arrays;

/** What the first bytes of a file say about the rest, whatever its name is. */
enum ContentKind {
  /** Lines in ASCII, UTF-8 or a code page. */
  TEXT,
  /** Lines in UTF-16, with a byte order mark. */
  UTF_16,
  GZIP,
  /** Compressed in a way that the JDK does not read. */
  OTHER_COMPRESSION,
  /** Something else: a program, a picture, a database. */
  BINARY;

  /** How many first bytes are worth looking at. */
  static final int SAMPLE_BYTES = 4096;

  private static final int MOST_CONTROLS_PERCENT = 2;
  private static final byte[][] OTHER_COMPRESSIONS = {
    {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, // zstd
    {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, // xz
    {'B', 'Z', 'h', '9', 0x31, 0x41}, // bzip2
    {0x04, 0x22, 0x4d, 0x18}, // lz4
    {'P', 'K', 3, 4}, // zip
  };

  static ContentKind of(byte[] sample, int length) {
    if (GzipInput.recognises(sample, length)) {
      return GZIP;
    }
    if (TextInput.isTranscoded(sample, length)) {
      return UTF_16;
    }
    for (byte[] magic : OTHER_COMPRESSIONS) {
      if (length >= magic.length
          && Arrays.equals(sample, 0, magic.length, magic, 0, magic.length)) {
        return OTHER_COMPRESSION;
      }
    }
    return hasManyControls(sample, length) ? BINARY : TEXT;
  }

  /**
   * NULs are not counted, since a truncated log that is still written to begins with a hole of
   * them, and neither are the separators that some protocols log.
   */
  private static boolean hasManyControls(byte[] sample, int length) {
    int text = 0;
    int controls = 0;
    for (int i = 0; i < length; i++) {
      int c = sample[i];
      if (c != 0) {
        text++;
        boolean control = c == 0x7f || (c > 1 && c < 0x1c);
        boolean layout = (c >= 7 && c <= 13) || c == 0x1b;
        controls += control && !layout ? 1 : 0;
      }
    }
    return controls * 100L > (long) text * MOST_CONTROLS_PERCENT;
  }
}
