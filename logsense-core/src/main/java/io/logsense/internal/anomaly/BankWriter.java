package io.logsense.internal.anomaly;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes series, in the format that {@code docs/state.md} describes. */
final class BankWriter {
  static final int MAGIC = 0x4C53_4144; // "LSAD"
  static final int VERSION = 1;

  private final CRC32C sum = new CRC32C();
  private final DataOutputStream out;

  BankWriter(OutputStream out) {
    this.out =
        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), sum));
  }

  /** Writes the series whose number at offset {@code points} is not 0. */
  void write(Settings settings, SeriesBank bank, int points) throws IOException {
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeUTF(settings.toString());
    out.writeInt(bank.floats);
    for (int series = 0; series < bank.end(); series++) {
      float[] state = bank.state(series);
      int at = bank.at(series);
      if (bank.holds(series) && state[at + points] > 0) {
        out.writeInt(series);
        out.writeDouble(bank.origin(series));
        out.writeLong(bank.time(series));
        for (int i = 0; i < bank.floats; i++) {
          out.writeFloat(state[at + i]);
        }
      }
    }
    out.writeInt(-1);
    out.writeInt((int) sum.getValue());
    out.flush();
  }
}
