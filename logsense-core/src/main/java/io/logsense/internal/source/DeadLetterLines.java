package io.logsense.internal.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.purge.Subject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a {@link DeadLetterFile}, and who is mentioned in them. */
final class DeadLetterLines {
  private static final JsonFactory JSON = new JsonFactory();

  private DeadLetterLines() {}

  /**
   * Copies the lines of a file that do not mention a subject.
   *
   * @return how many do; 0 when there is no such file
   */
  static long copy(Path file, OutputStream out, Subject subject) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    Lines lines = new Lines(out, subject);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        lines.line.write(b);
        if (b == '\n') {
          lines.end();
        }
      }
      lines.end();
    }
    return lines.mentions;
  }

  private static final class Lines {
    private final OutputStream out;
    private final Subject subject;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long mentions;

    Lines(OutputStream out, Subject subject) {
      this.out = out;
      this.subject = subject;
    }

    void end() throws IOException {
      byte[] bytes = line.toByteArray();
      line.reset();
      if (subject.isIn(bytes) || subject.isIn(raw(bytes))) {
        mentions++;
      } else {
        out.write(bytes);
      }
    }
  }

  /** The record of a line; none when it is no letter. */
  private static byte[] raw(byte[] line) {
    try (JsonParser json = JSON.createParser(line)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("raw")) {
          json.nextToken();
          return json.getBinaryValue();
        }
      }
    } catch (IOException e) {
      return new byte[0]; // a process died while it wrote; the line itself has been looked at
    }
    return new byte[0];
  }
}
