package io.logsense.internal.template;

import java.util.Locale;

/** What a variable part of a message looks like. */
enum VariableType {
  /** An integer or decimal, signed or not, with or without a percent sign. */
  NUMBER,
  /** Hexadecimal: {@code 0x} and digits, or four and more hex digits, one of them decimal. */
  HEX,
  /** 8-4-4-4-12 hex digits. */
  UUID,
  /** An IPv4 or IPv6 address, with or without a port. */
  IP,
  /** A six-byte hardware address. */
  MAC,
  /** A dotted host name, with or without a port. */
  HOST,
  /** An absolute or relative file path. */
  PATH,
  /** Scheme, colon, two slashes, the rest. */
  URL,
  /** A mail address. */
  EMAIL,
  /** A calendar date, with or without a time. */
  DATE,
  /** A time of day or a clock-like duration such as {@code 00:12:31}. */
  TIME,
  /** A dotted version such as {@code 2.6.18}. */
  VERSION,
  /** A number with a unit of time. */
  DURATION,
  /** A number with a unit of storage or rate. */
  SIZE,
  /** Letters and digits without a word in them, such as {@code R02-M1-N0}. */
  ID,
  /** A token that a masker left, such as {@code <EMAIL_REDACTED>}. */
  REDACTED,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** {@code null} in JSON. */
  NULL,
  /** A JSON array. */
  JSON,
  /** What the limits of a line cut off. */
  REST,
  /** Words. */
  TEXT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name that {@link io.logsense.api.template.Parameter#type()} shows. */
  String label() {
    return label;
  }
}
