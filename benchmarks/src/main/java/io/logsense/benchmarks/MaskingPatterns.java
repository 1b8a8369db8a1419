package io.logsense.benchmarks;

import java.util.List;
import java.util.regex.Pattern;

/** The usual way to mask in Java: one precompiled pattern for each rule, one after the other. */
final class MaskingPatterns {
  private record Replacement(Pattern pattern, String token) {
    Replacement(String regex, String token) {
      this(Pattern.compile(regex), token);
    }
  }

  private static final List<Replacement> REPLACEMENTS =
      List.of(
          new Replacement(
              "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----",
              "<KEY_REDACTED>"),
          new Replacement("eyJ[\\w-]{8,}\\.[\\w-]{4,}\\.[\\w-]*", "<JWT_REDACTED>"),
          new Replacement(
              "(?i)\\b((?:bearer|basic) )[A-Za-z0-9._~+/-]{8,}=*", "$1<TOKEN_REDACTED>"),
          new Replacement(
              "\\b(?:AKIA[A-Z0-9]{16}|gh[pousr]_\\w{30,}|sk-[\\w-]{20,}|xox[abprs]-[\\w-]{10,})",
              "<KEY_REDACTED>"),
          new Replacement(
              "(?i)((?:password|passwd|pwd|secret)[\"']?\\s?[=:]\\s?[\"']?)(?!<)[^\\s\"'&;,]+",
              "$1<PASSWORD_REDACTED>"),
          new Replacement("(?i)(token[\"']?[=:]\\s?[\"']?)(?!<)[\\w.-]{8,}", "$1<TOKEN_REDACTED>"),
          new Replacement("(://[^\\s:/@]+:)(?!<)[^\\s/@]+(?=@)", "$1<PASSWORD_REDACTED>"),
          new Replacement("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.[A-Za-z]{2,}", "<EMAIL_REDACTED>"),
          new Replacement(
              "\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}[A-Z0-9]{0,3}\\b", "<IBAN_REDACTED>"),
          new Replacement("\\b[2-6]\\d{3}([ -]?)\\d{4}\\1\\d{4}\\1\\d{4}\\b", "<CC_REDACTED>"),
          new Replacement("(?<![\\w-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])", "<SSN_REDACTED>"),
          new Replacement(
              "(?<![\\w.+-])(?:\\+\\d{1,3}[ .-]?)?\\(?\\d{3}\\)?[ .-]\\d{3}[.-]\\d{4}(?![\\w.-])",
              "<PHONE_REDACTED>"),
          new Replacement(
              "(?<![\\w.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w.])",
              "<IP_REDACTED>"),
          new Replacement(
              "(?i)\\b(?:[23][0-9a-f]{3}|f[cdef][0-9a-f]{2})(?::[0-9a-f]{0,4}){2,7}",
              "<IP_REDACTED>"));

  private MaskingPatterns() {}

  static String mask(String line) {
    String masked = line;
    for (Replacement replacement : REPLACEMENTS) {
      masked = replacement.pattern().matcher(masked).replaceAll(replacement.token());
    }
    return masked;
  }
}
