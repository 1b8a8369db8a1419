package io.logsense.internal.parse;

import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The common and combined access log of Apache and nginx. The message is the request, the status
 * and what follows; the severity is that of the status: 5xx error, 4xx warning.
 */
final class AccessLogElements {
  private static final Slot CLIENT = Slot.variedAttribute("client.address");
  private static final Slot USER = Slot.attribute("user.name");
  private static final Slot METHOD = Slot.attribute("http.request.method");
  private static final Slot PATH = Slot.variedAttribute("url.path");
  private static final Slot STATUS = Slot.attribute("http.response.status_code");
  private static final Slot SIZE = Slot.variedAttribute("http.response.body.bytes");
  private static final Slot REFERRER = Slot.variedAttribute("http.request.referrer");
  private static final Slot AGENT = Slot.attribute("user_agent.original");

  private AccessLogElements() {}

  /** Host, identity, user and time, up to the quote of the request. */
  static int client(byte[] b, int from, int to, @Nullable Draft draft) {
    int p = name(CLIENT, b, from, to, draft);
    p = p < 0 ? p : name(Slot.NONE, b, p, to, draft);
    p = p < 0 ? p : name(USER, b, p, to, draft);
    if (p < 0) {
      return -1;
    }
    p = Ascii.skipBlanks(b, p, to);
    int time = p < to && b[p] == '[' ? Element.Time.ANY.match(b, p, to, draft) : -1;
    int quote = time < 0 ? to : Ascii.skipBlanks(b, time, to);
    return quote < to && b[quote] == '"' ? quote : -1;
  }

  private static int name(Slot slot, byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    if (end == start || b[start] == '[') {
      return -1;
    }
    if (draft != null && (end - start > 1 || b[start] != '-')) {
      draft.take(slot, b, start, end);
    }
    return end;
  }

  /** The request and all that follows. */
  static int request(byte[] b, int from, int to, @Nullable Draft draft) {
    if (draft == null) {
      return to;
    }
    int requestEnd = KeyValues.quoteEnd(b, from, to);
    int method = Ascii.tokenEnd(b, from + 1, requestEnd - 1);
    int path = Ascii.skipBlanks(b, method, requestEnd - 1);
    draft.take(METHOD, b, from + 1, method);
    draft.take(PATH, b, path, Ascii.tokenEnd(b, path, requestEnd - 1));
    draft.takeRest(b, from, to);
    int p = status(b, requestEnd, to, draft);
    p = quoted(REFERRER, b, p, to, draft);
    return quoted(AGENT, b, p, to, draft);
  }

  private static int status(byte[] b, int from, int to, Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    int status = Ascii.number(b, start, end);
    draft.take(STATUS, b, start, end);
    draft.take(status >= 500 ? Severity.ERROR : status >= 400 ? Severity.WARN : Severity.INFO);
    int size = Ascii.skipBlanks(b, end, to);
    int sizeEnd = Ascii.tokenEnd(b, size, to);
    if (Ascii.allDigits(b, size, sizeEnd)) {
      draft.take(SIZE, b, size, sizeEnd);
    }
    return sizeEnd;
  }

  private static int quoted(Slot slot, byte[] b, int from, int to, Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    if (start >= to || b[start] != '"') {
      return start;
    }
    int end = KeyValues.quoteEnd(b, start, to);
    if (end - start != 3 || b[start + 1] != '-') {
      draft.take(slot, b, start + 1, end - 1);
    }
    return end;
  }
}
