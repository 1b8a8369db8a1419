package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The systems that URIs name, by their schemes. */
final class NamedSystems {
  /** Artifacts that open other schemes than the one of their name. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "cloudwatch", "aws",
          "kinesis", "aws",
          "s3", "aws",
          "datadog", "rest",
          "elasticsearch", "rest",
          "opensearch", "rest",
          "postgresql", "postgres");

  private NamedSystems() {}

  /**
   * Whether {@code text} begins with a scheme and two slashes, or with {@code file:}; a drive is no
   * scheme.
   */
  static boolean isUri(String text) {
    int colon = text.indexOf(':');
    if (colon < 2 || !text.chars().limit(colon).allMatch(NamedSystems::isOfScheme)) {
      return false;
    }
    return text.startsWith("//", colon + 1) || text.regionMatches(true, 0, "file:", 0, 5);
  }

  private static boolean isOfScheme(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '-'
        || c == '.';
  }

  /** The URI that {@code text} is; it is in no message, since it may hold a password. */
  static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new LogSenseException(
          Category.USAGE,
          e.getReason()
              + " at character "
              + (e.getIndex() + 1)
              + " of the URI; write % and its code");
    }
  }

  static boolean isFile(URI uri) {
    return scheme(uri).equals("file");
  }

  /** The path that a URI of a file names. */
  static Path path(URI uri) {
    try {
      return Path.of(uri);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new LogSenseException(Category.USAGE, uri + ": " + e.getMessage(), e);
    }
  }

  static LogSourceProvider source(URI uri) {
    return find(LogSourceProvider.class, LogSourceProvider::scheme, uri, "source");
  }

  static LogStoreProvider store(URI uri) {
    return find(LogStoreProvider.class, LogStoreProvider::scheme, uri, "store");
  }

  private static <P> P find(Class<P> type, Function<P, String> schemeOf, URI uri, String what) {
    String scheme = scheme(uri);
    TreeMap<String, P> known = new TreeMap<>();
    for (P provider : ServiceLoader.load(type)) {
      known.putIfAbsent(schemeOf.apply(provider), provider);
    }
    P found = known.get(scheme);
    if (found == null) {
      String here = known.isEmpty() ? "" : "; there are " + String.join(", ", known.keySet());
      throw new LogSenseException(
          Category.USAGE,
          "no "
              + what
              + " for '"
              + scheme
              + "' on the class path: add io.logsense:logsense-"
              + ARTIFACTS.getOrDefault(scheme, scheme)
              + here);
    }
    return found;
  }

  private static String scheme(URI uri) {
    if (uri.getScheme() == null) {
      throw new LogSenseException(
          Category.USAGE, "the URI has no scheme; it must be like kafka://…");
    }
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }
}
