package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.internal.source.FileSource;
import io.logsense.internal.source.StreamSource;
import io.logsense.internal.source.TailSource;
import io.logsense.internal.source.TailTiming;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The sources that come with the library: files, streams and memory, and a way to those of
 * connectors. Users call it.
 *
 * <p>In all that come with it a record is one physical line. Gzip is recognised by content, not by
 * name. A line longer than {@link Limits#recordBytes()} is cut and marked.
 */
public final class Sources {
  private static final String STDIN = "stdin";

  private Sources() {}

  /**
   * What a command line means: {@code -} is standard input, a URI such as {@code kafka://…} is that
   * {@linkplain #of(URI) source}, an existing path is that file or directory, and what else has an
   * asterisk, a question mark or an opening bracket or brace is a pattern.
   *
   * @throws LogSenseException (usage) when it is a URI that no source here opens
   */
  public static LogSource of(String input) {
    return of(input, Limits.defaults());
  }

  /** The same with other limits for files and standard input. */
  public static LogSource of(String input, Limits limits) {
    if (input.equals("-")) {
      return stream(STDIN, System.in, limits);
    }
    if (NamedSystems.isUri(input)) {
      URI uri = NamedSystems.uri(input);
      return NamedSystems.isFile(uri) ? path(NamedSystems.path(uri), limits) : of(uri);
    }
    return FileSource.isPattern(input) && !exists(input)
        ? glob(input, limits)
        : path(Path.of(input), limits);
  }

  /**
   * What a URI names, as far as it is there now: {@code kafka://…}, {@code s3://…}, and with {@code
   * file:} a file or a directory. The scheme is that of a connector on the class path, which is
   * found by {@link java.util.ServiceLoader} as a {@link LogSourceProvider} and documents the rest.
   *
   * @throws LogSenseException (usage) when there is no such connector, naming the artifact to add,
   *     or it refuses the URI
   */
  public static LogSource of(URI uri) {
    return NamedSystems.isFile(uri)
        ? path(NamedSystems.path(uri))
        : NamedSystems.source(uri).open(uri, false);
  }

  /**
   * What a URI names, and what is yet to come there: a file that is {@linkplain #tail(Path)
   * followed}, or the stream of a connector.
   *
   * @throws LogSenseException as {@link #of(URI)}
   */
  public static LogSource follow(URI uri) {
    return NamedSystems.isFile(uri)
        ? tail(NamedSystems.path(uri))
        : NamedSystems.source(uri).open(uri, true);
  }

  /**
   * A file, or every file of a directory and the directories in it, sorted by path.
   *
   * <p>Names that begin with a dot are left out; files without text are reported and left out.
   */
  public static LogSource path(Path path) {
    return path(path, Limits.defaults());
  }

  /** The same with other limits. */
  public static LogSource path(Path path, Limits limits) {
    return FileSource.path(path, limits.recordBytes());
  }

  /** The files that match a pattern such as {@code logs/**}{@code /*.log}, sorted by path. */
  public static LogSource glob(String pattern) {
    return glob(pattern, Limits.defaults());
  }

  /** The same with other limits. */
  public static LogSource glob(String pattern, Limits limits) {
    return FileSource.glob(pattern, limits.recordBytes());
  }

  /**
   * A file that is followed as it grows, through rotation and restarts; of a directory, each file
   * in it. The file need not be there yet.
   */
  public static LogSource tail(Path path) {
    return tail(path, Limits.defaults());
  }

  /** The same with other limits. */
  public static LogSource tail(Path path, Limits limits) {
    return new TailSource(path, limits.recordBytes(), TailTiming.DEFAULT);
  }

  /** Standard input. */
  public static LogSource stdin() {
    return stream(STDIN, System.in);
  }

  /** The rest of a stream; it is read by a thread of its own and never closed. */
  public static LogSource stream(String id, InputStream stream) {
    return stream(id, stream, Limits.defaults());
  }

  /** The same with other limits. */
  public static LogSource stream(String id, InputStream stream, Limits limits) {
    return StreamSource.of(id, stream, limits.recordBytes());
  }

  /** Bytes in memory; the array is not copied. */
  public static LogSource bytes(String id, byte[] bytes) {
    return bytes(id, bytes, Limits.defaults());
  }

  /** The same with other limits. */
  public static LogSource bytes(String id, byte[] bytes, Limits limits) {
    return StreamSource.of(id, bytes, limits.recordBytes());
  }

  /** Lines in memory. */
  public static LogSource lines(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return bytes("lines", text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Lines in memory. */
  public static LogSource lines(String... lines) {
    return lines(List.of(lines));
  }

  private static boolean exists(String input) {
    try {
      return Files.exists(Path.of(input));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
