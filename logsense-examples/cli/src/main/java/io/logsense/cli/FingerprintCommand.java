package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.StackTraces;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense fingerprint}: the identities of the stack traces in a text. */
@Command(
    name = "fingerprint",
    mixinStandardHelpOptions = true,
    description = "Prints the identities of the stack traces in a text, in order.")
final class FingerprintCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 1 << 30;

  private final Console console;
  private final Paint paint;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "Text with stack traces, *.gz, or - for standard input (default).")
  private String file = "-";

  @Option(names = "--json", description = "One JSON line for each stack trace.")
  private boolean json;

  @Option(names = "--in-app", paramLabel = "PACKAGE", split = ",", description = "Your packages.")
  private List<String> inApp = List.of();

  FingerprintCommand(Console console) {
    this.console = console;
    paint = new Paint(console.colour());
  }

  @Override
  public Integer call() throws IOException {
    byte[] text = read();
    FrameJudge judge = new FrameJudge(inApp);
    List<StackTrace> traces = StackTraces.extractor().extract(text, 0, text.length);
    for (StackTrace trace : traces) {
      if (json) {
        write(trace, judge);
      } else {
        print(trace, judge);
      }
    }
    if (traces.isEmpty()) {
      console.complain("no stack trace in " + (file.equals("-") ? "standard input" : file));
    }
    return 0;
  }

  private byte[] read() throws IOException {
    if (file.equals("-")) {
      return bounded(console.in());
    }
    Path path = Path.of(file);
    Inputs.check(path);
    if (Files.isDirectory(path)) {
      throw new IOException(file + ": is a directory; one file is expected");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return bounded(compressed ? new GZIPInputStream(in) : in);
    } catch (EOFException | ZipException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private byte[] bounded(InputStream in) throws IOException {
    byte[] text = in.readNBytes(MOST_BYTES);
    if (text.length == MOST_BYTES && in.read() >= 0) {
      throw new IOException(file + ": larger than 1 GiB; use 'logsense analyze' for whole logs");
    }
    return text;
  }

  private void print(StackTrace trace, FrameJudge judge) {
    StackFingerprint fingerprint = judge.fingerprint(trace);
    List<JudgedFrame> frames = judge.frames(trace);
    ThrownError root = trace.error().rootCause();
    console
        .out()
        .println(
            paint.bold(Printable.fit(Printable.line(root.toString()), console.columns() - 12))
                + paint.dim("  line " + (trace.firstLine() + 1)));
    console.out().println("  strict  " + fingerprint.strict());
    console.out().println("  site    " + fingerprint.site());
    console.out().println("  root    " + fingerprint.root());
    console
        .out()
        .println(
            paint.dim(
                "  %s · %s · %d of %d frames kept"
                    .formatted(
                        trace.language(),
                        fingerprint.quality().name().toLowerCase(Locale.ROOT),
                        frames.stream().filter(JudgedFrame::kept).count(),
                        frames.size())));
  }

  private void write(StackTrace trace, FrameJudge judge) throws IOException {
    StackFingerprint fingerprint = judge.fingerprint(trace);
    ThrownError error = trace.error();
    try (JsonGenerator out = JsonReport.generator(console.out())) {
      out.writeStartObject();
      out.writeNumberField("line", trace.firstLine() + 1);
      out.writeNumberField("lines", trace.lines());
      out.writeStringField("language", trace.language());
      out.writeStringField("type", error.type());
      out.writeStringField("message", error.message());
      out.writeStringField("strict", fingerprint.strict().toString());
      out.writeStringField("site", fingerprint.site().toString());
      out.writeStringField("root", fingerprint.root().toString());
      out.writeStringField("exact", fingerprint.exact().toString());
      out.writeStringField("quality", fingerprint.quality().name().toLowerCase(Locale.ROOT));
      out.writeNumberField("causes", causes(error));
      out.writeArrayFieldStart("frames");
      for (JudgedFrame judged : judge.frames(trace)) {
        frame(out, judged);
      }
      out.writeEndArray();
      out.writeStringField("rootType", error.rootCause().type());
      out.writeStringField("rootMessage", error.rootCause().message());
      out.writeBooleanField("truncated", trace.truncated());
      out.writeEndObject();
    }
    console.out().println();
  }

  private static void frame(JsonGenerator out, JudgedFrame judged) throws IOException {
    out.writeStartObject();
    out.writeStringField("class", judged.frame().className());
    out.writeStringField("method", judged.frame().method());
    out.writeStringField("file", judged.frame().file());
    out.writeNumberField("line", judged.frame().line());
    out.writeBooleanField("inApp", judged.inApp());
    out.writeBooleanField("kept", judged.kept());
    out.writeEndObject();
  }

  private static int causes(ThrownError error) {
    int causes = 0;
    for (ThrownError e = error.cause(); e != null; e = e.cause()) {
      causes++;
    }
    return causes;
  }
}
