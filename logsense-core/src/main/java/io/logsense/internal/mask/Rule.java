package io.logsense.internal.mask;

import java.util.Locale;

/** The standard masking rules, each with the token it leaves behind. */
public enum Rule {
  /** E-mail addresses with a dotted domain. */
  EMAIL("<EMAIL_REDACTED>"),
  /** IPv4 and IPv6 addresses, except loopback, unspecified addresses and netmasks. */
  IP("<IP_REDACTED>"),
  /** Payment card numbers: known prefix and length, valid check digit. */
  CREDIT_CARD("<CC_REDACTED>"),
  /** United States social security numbers. */
  SSN("<SSN_REDACTED>"),
  /** Telephone numbers: international with a plus sign, North American, or behind a telling key. */
  PHONE("<PHONE_REDACTED>"),
  /** International bank account numbers: known country and length, valid check digits. */
  IBAN("<IBAN_REDACTED>"),
  /** JSON web tokens, signed or encrypted. */
  JWT("<JWT_REDACTED>"),
  /** Bearer and basic credentials, cookies, and values of keys that end in "token". */
  TOKEN("<TOKEN_REDACTED>"),
  /** Keys in the formats of well-known providers, private key blocks, values of "api_key". */
  KEY("<KEY_REDACTED>"),
  /** Passwords in URLs and values of keys such as "password" and "secret". */
  PASSWORD("<PASSWORD_REDACTED>");

  private final String token;

  Rule(String token) {
    this.token = token;
  }

  /** What stands in the place of masked text. */
  public String token() {
    return token;
  }

  /** The name used in configuration: {@code credit-card}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
