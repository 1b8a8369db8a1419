package com.shop;

import ch.qos.logback.classic.LoggerContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/** Runs two simulated hours of the shop and writes its log. */
public final class ShopApplication {
  /** The seed of the log that is shipped. */
  static final long SEED = 20261120;

  private ShopApplication() {}

  /**
   * Writes the log.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws IOException {
    writeLog(Path.of(args.length > 0 ? args[0] : "shop.log"), SEED);
  }

  static void writeLog(Path file, long seed) throws IOException {
    SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-20T10:02:07Z"));
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Simulation simulation = new Simulation(clock, seed)) {
      ShopLog.start(context, out, clock);
      simulation.run(Instant.parse("2026-11-20T12:00:00Z"));
    } finally {
      context.stop();
    }
  }
}
