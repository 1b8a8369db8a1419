package io.logsense.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.LogSense;
import io.logsense.api.template.Parameter;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One CSV line for each record: which group it belongs to, and with which parameters. */
final class AssignmentsCsv implements Consumer<LogSense.Assignment>, Closeable {
  private final JsonFactory json = new JsonFactory();
  private final Writer out;

  AssignmentsCsv(Path file) throws IOException {
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    out.write("record,line,lines,group,template,parameters\n");
  }

  @Override
  public void accept(LogSense.Assignment assignment) {
    try {
      out.write(Long.toString(assignment.record()));
      out.write(',');
      out.write(Long.toString(assignment.position().line()));
      out.write(',');
      out.write(Integer.toString(assignment.position().lines()));
      out.write(',');
      out.write(quoted(assignment.group()));
      out.write(',');
      out.write(quoted(assignment.template()));
      out.write(',');
      out.write(quoted(array(assignment.parameters())));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private String array(List<Parameter> parameters) throws IOException {
    if (parameters.isEmpty()) {
      return "[]";
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(text)) {
      generator.writeStartArray();
      for (Parameter parameter : parameters) {
        generator.writeStartObject();
        generator.writeStringField("name", parameter.name());
        generator.writeStringField("type", parameter.type());
        generator.writeStringField("value", parameter.value());
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
    return text.toString();
  }

  /** The field as RFC 4180 has it. */
  static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
