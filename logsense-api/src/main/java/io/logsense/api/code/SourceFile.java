package io.logsense.api.code;

/** A source file to parse. */
public final class SourceFile {
  private final String path;
  private final byte[] bytes;

  /**
   * A source file.
   *
   * @param path path from the root of the source tree, with slashes
   * @param bytes its content, which is not copied and must not change
   */
  public SourceFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** Path from the root of the source tree, with slashes. */
  public String path() {
    return path;
  }

  /** The content itself, not a copy: only to be read. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return path;
  }
}
