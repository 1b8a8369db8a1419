package io.logsense.internal.anomaly;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads what {@link BankWriter} wrote, and believes none of it: handles ascend, numbers are in
 * their ranges, and what was announced is there.
 */
final class BankReader {
  /** Of two values within ±{@link BaselineDetector#HUGE}, with room for rounding. */
  private static final double FARTHEST = 4 * BaselineDetector.HUGE;

  private static final int LONGEST_SHOWN = 200;

  private final CRC32C sum = new CRC32C();
  private final DataInputStream in;

  BankReader(InputStream in) {
    this.in =
        new DataInputStream(new CheckedInputStream(new BufferedInputStream(in, 1 << 16), sum));
  }

  SeriesBank read(BaselineDetector detector) throws IOException {
    try {
      if (in.readInt() != BankWriter.MAGIC) {
        throw usage("is not one of a detector");
      }
      int version = in.readUnsignedByte();
      if (version != BankWriter.VERSION) {
        throw usage("has version " + version + "; this library reads version 1");
      }
      String theirs = in.readUTF();
      if (!theirs.equals(detector.settings.toString()) || in.readInt() != detector.size()) {
        String shown = theirs.substring(0, Math.min(theirs.length(), LONGEST_SHOWN));
        throw usage("is of " + shown + ", this detector is " + detector.settings);
      }
      SeriesBank bank = new SeriesBank(detector.size());
      int before = -1;
      for (int series = in.readInt(); series != -1; series = in.readInt()) {
        if (series <= before || series >= SeriesBank.MOST) {
          throw damaged();
        }
        before = series;
        read(bank, series, detector);
      }
      int expected = (int) sum.getValue();
      if (in.readInt() != expected) {
        throw damaged();
      }
      return bank;
    } catch (EOFException | UTFDataFormatException e) {
      throw damaged();
    }
  }

  private void read(SeriesBank bank, int series, BaselineDetector detector) throws IOException {
    double origin = in.readDouble();
    long time = in.readLong();
    bank.reach(series);
    bank.origin(series, origin);
    bank.time(series, time);
    float[] state = bank.state(series);
    int at = bank.at(series);
    for (int i = 0; i < bank.floats; i++) {
      state[at + i] = in.readFloat();
      if (!(Math.abs(state[at + i]) <= FARTHEST)) {
        throw damaged();
      }
    }
    if (!(Math.abs(origin) <= BaselineDetector.HUGE) || !detector.possible(state, at)) {
      throw damaged();
    }
  }

  private static LogSenseException damaged() {
    return usage("is damaged; learn again, or use an older one");
  }

  private static LogSenseException usage(String what) {
    return new LogSenseException(Category.USAGE, "this snapshot " + what);
  }
}
