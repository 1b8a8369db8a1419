package io.logsense.api.template;

/**
 * A variable part of a message.
 *
 * @param name where {@code key=value}, JSON or a pattern of the user names it; otherwise empty. In
 *     nested JSON the keys from the outermost, with dots between them: {@code ship.zip}
 * @param value the text that stood there
 * @param type what it looks like: {@code number}, {@code hex}, {@code uuid}, {@code ip}, {@code
 *     path}, {@code host}, {@code duration}, {@code size}, {@code url}, {@code text} …
 * @param start index of its first character in the message
 */
public record Parameter(String name, String value, String type, int start) {}
