package io.logsense.api.template;

/**
 * A message with its variables taken out.
 *
 * @param id content-derived, {@code tm1:16 hex digits}; stays when the text generalises
 * @param text the constant words, with {@code <*>} where a variable stood
 * @param count how many messages matched
 */
public record Template(String id, String text, long count) {}
