package io.logsense.api.event;

/**
 * A stack trace found in text.
 *
 * @param language {@code java}, {@code python}, {@code javascript}, {@code go}, {@code dotnet},
 *     {@code ruby}, {@code php} or {@code rust}; {@code java} stands for every JVM language
 * @param error the outermost throwable, whatever the order in which the text prints the chain
 * @param firstLine first line of the trace within the text it was found in, 0-based
 * @param lines number of lines
 * @param truncated whether a limit or the end of the text cut it short
 */
public record StackTrace(
    String language, ThrownError error, int firstLine, int lines, boolean truncated) {}
