package io.logsense.internal.fingerprint;

/** Whose code a frame is, the most telling first. */
public enum FrameOrigin {
  /** The application's. */
  APPLICATION,
  /** A library's or framework's. */
  LIBRARY,
  /** The language runtime's, or a test or build tool's that called the application. */
  RUNTIME,
  /**
   * Nobody's: reflection, proxies, accessors and other generated glue. Never part of an identity.
   */
  GLUE
}
