package io.logsense.internal.parse;

import java.util.Set;

/** The conversion words of Logback and Log4j 2. */
final class Conversions {
  private static final Set<String> MESSAGE = Set.of("m", "msg", "message");
  private static final Set<String> SILENT =
      Set.of(
          "n",
          "ex",
          "exception",
          "throwable",
          "xEx",
          "xException",
          "xThrowable",
          "rEx",
          "rException",
          "rThrowable",
          "rootException",
          "wEx",
          "wex",
          "nopex",
          "nopexception");
  private static final Set<String> ONE_WORD =
      Set.of(
          "c",
          "lo",
          "logger",
          "C",
          "class",
          "F",
          "file",
          "L",
          "line",
          "M",
          "method",
          "r",
          "relative",
          "sn",
          "sequenceNumber",
          "pid",
          "marker",
          "markerSimpleName");
  private static final Set<String> OTHERS =
      Set.of(
          "d",
          "date",
          "p",
          "le",
          "level",
          "t",
          "tn",
          "thread",
          "threadName",
          "T",
          "tid",
          "threadId",
          "X",
          "mdc",
          "MDC",
          "x",
          "NDC",
          "l",
          "location",
          "caller",
          "processId",
          "kvp",
          "property",
          "contextName",
          "cn",
          "u",
          "uuid",
          "K",
          "map",
          "MAP",
          "tp",
          "N",
          "nano",
          "clr",
          "esb",
          "applicationName",
          "applicationGroup",
          "correlationId");

  private Conversions() {}

  static boolean known(String word) {
    return MESSAGE.contains(word)
        || SILENT.contains(word)
        || ONE_WORD.contains(word)
        || OTHERS.contains(word);
  }

  static boolean isMessage(String word) {
    return MESSAGE.contains(word);
  }

  /** Whether the conversion prints nothing on the first line of a record. */
  static boolean isSilent(String word) {
    return SILENT.contains(word);
  }

  static boolean isOneWord(String word) {
    return ONE_WORD.contains(word);
  }

  static Slot slot(String word, String option) {
    return switch (word) {
      case "c", "lo", "logger", "C", "class" -> Slot.LOGGER;
      case "t", "tn", "thread", "threadName" -> Slot.THREAD;
      case "X", "mdc", "MDC" -> option.isEmpty() ? Slot.attribute("mdc") : Slot.ofKey(key(option));
      case "M", "method" -> Slot.attribute("method");
      case "F", "file" -> Slot.attribute("file");
      case "L", "line" -> Slot.attribute("line");
      case "marker", "markerSimpleName" -> Slot.attribute("marker");
      case "applicationName", "contextName", "cn" -> Slot.SERVICE;
      default -> Slot.attribute(word);
    };
  }

  private static String key(String option) {
    int byDefault = option.indexOf(":-");
    return byDefault < 0 ? option : option.substring(0, byDefault);
  }
}
