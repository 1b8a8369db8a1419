package io.logsense.internal.source;

import java.io.IOException;

/** An input whose bytes are made from those of another, which it closes. */
abstract class LayeredInput implements ByteInput {
  /** The input below. */
  final ByteInput input;

  LayeredInput(ByteInput input) {
    this.input = input;
  }

  @Override
  public final long consumed() {
    return input.consumed();
  }

  @Override
  public final long total() {
    return input.total();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
