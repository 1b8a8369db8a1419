package io.logsense.internal.parse;

import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a timestamp leaves out and a reader has to know.
 *
 * @param zone the zone of timestamps that name none
 * @param reference the instant that missing years and dates are derived from
 */
public record TimeContext(ZoneId zone, InstantSource reference) {
  /** UTC, and the system's clock as the reference. */
  public static final TimeContext DEFAULT = new TimeContext(ZoneOffset.UTC, InstantSource.system());
}
