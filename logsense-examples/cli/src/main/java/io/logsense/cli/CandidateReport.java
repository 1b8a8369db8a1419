package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Candidates for a root cause as text or JSON, with the frames that lead to them. */
final class CandidateReport {
  private static final int SHOWN = 5;
  private static final int SHOWN_REASONS = 4;
  private static final int WITH_SNIPPET = 3;
  private static final int LINES_AROUND = 2;
  private static final int MOST_ERRORS = 50;

  /** A frame of the trace whose line stands in the source. */
  private record Evidence(StackFrame frame, CodeBlock block) {}

  private final Console console;
  private final Paint paint;
  private final SourceTree tree;
  private final CodeIndex index;
  private final LogEvent event;

  CandidateReport(Console console, SourceTree tree, CodeIndex index, LogEvent event) {
    this.console = console;
    paint = new Paint(console.colour());
    this.tree = tree;
    this.index = index;
    this.event = event;
  }

  void print(RootCauses.Found found) throws IOException {
    List<Candidate> candidates = found.candidates();
    console.out().println(paint.bold(Printable.fit(Printable.line(title()), console.columns())));
    RootCauseText text = new RootCauseText(console);
    if (candidates.isEmpty()) {
      console.out().println(found.report().inconclusive());
      text.surroundings(found);
      return;
    }
    text.print(found.report());
    text.surroundings(found);
    int number = 0;
    for (Candidate candidate : candidates.stream().limit(SHOWN).toList()) {
      number++;
      CodeBlock block = candidate.block();
      console.out().println();
      console.out().println(number + ". " + paint.bold(block.symbol()));
      console.out().println("   " + block.file() + ":" + candidate.line());
      candidate.reasons().stream()
          .filter(reason -> reason.points() > 0 && !reason.fact().equals("size"))
          .limit(SHOWN_REASONS)
          .forEach(reason -> console.out().println(paint.dim("   · " + reason.words())));
      if (number <= WITH_SNIPPET) {
        snippet(candidate);
      }
    }
    int more = candidates.size() - number;
    if (more > 0) {
      console.out().println();
      console.out().println(paint.dim(more + " more with --json"));
    }
  }

  void write(RootCauses.Found found) throws IOException {
    List<Candidate> candidates = found.candidates();
    RootCauseReport report = found.report();
    try (JsonGenerator out = JsonReport.generator(console.out())) {
      out.writeStartObject();
      out.writeArrayFieldStart("candidates");
      for (Candidate candidate : candidates) {
        write(out, candidate);
      }
      out.writeEndArray();
      RootCauseJson.cause(out, report.rootCause());
      out.writeArrayFieldStart("evidence");
      for (Evidence evidence : evidence()) {
        out.writeStartObject();
        out.writeStringField("frame", evidence.frame().toString());
        out.writeStringField("file", evidence.block().file());
        out.writeNumberField("line", evidence.frame().line());
        out.writeStringField("symbol", evidence.block().symbol());
        out.writeEndObject();
      }
      RootCauseJson.evidence(out, report.evidence());
      out.writeEndArray();
      RootCauseJson.rest(out, report);
      out.writeStringField("title", title());
      out.writeStringField("version", found.incident().version());
      out.writeStringField("commit", index.origin().commit());
      RootCauseJson.surroundings(out, found);
      if (candidates.isEmpty()) {
        out.writeStringField("noCandidates", report.inconclusive());
      }
      out.writeEndObject();
    }
    console.out().println();
  }

  private static void write(JsonGenerator out, Candidate candidate) throws IOException {
    CodeBlock block = candidate.block();
    out.writeStartObject();
    out.writeStringField("file", block.file());
    out.writeStringField("symbol", block.symbol());
    out.writeNumberField("start", block.startLine());
    out.writeNumberField("end", block.endLine());
    out.writeNumberField("score", candidate.score());
    out.writeArrayFieldStart("reasons");
    for (Candidate.Reason reason : candidate.reasons()) {
      out.writeString(reason.words());
    }
    out.writeEndArray();
    out.writeNumberField("line", candidate.line());
    out.writeStringField("signature", block.signature());
    out.writeEndObject();
  }

  /** The line to look at, with its neighbours inside the block. */
  private void snippet(Candidate candidate) throws IOException {
    CodeBlock block = candidate.block();
    Optional<byte[]> source = tree.read(block.file());
    if (source.isEmpty()) {
      return;
    }
    List<String> lines = new String(source.get(), StandardCharsets.UTF_8).lines().toList();
    int first = Math.max(block.startLine(), candidate.line() - LINES_AROUND);
    int last = Math.min(Math.min(block.endLine(), lines.size()), candidate.line() + LINES_AROUND);
    for (int line = first; line <= last; line++) {
      String mark = line == candidate.line() ? ">" : " ";
      String code = lines.get(line - 1).replace("\t", "    ");
      String indent = " ".repeat(code.length() - code.stripLeading().length());
      String text =
          "   %s %5d  %s%s".formatted(mark, line, indent, Printable.line(code.stripLeading()));
      String fitted = Printable.fit(text, console.columns());
      console.out().println(line == candidate.line() ? fitted : paint.dim(fitted));
    }
  }

  private List<Evidence> evidence() {
    List<Evidence> found = new ArrayList<>();
    StackTrace trace = event.exception();
    List<ThrownError> chain = new ArrayList<>();
    for (ThrownError e = trace == null ? null : trace.error();
        e != null && chain.size() < MOST_ERRORS;
        e = e.cause()) {
      chain.add(0, e);
    }
    for (ThrownError error : chain) {
      for (StackFrame frame : error.frames()) {
        index
            .find(frame)
            .filter(block -> block.contains(frame.line()))
            .ifPresent(block -> found.add(new Evidence(frame, block)));
      }
    }
    return found;
  }

  private String title() {
    StackTrace trace = event.exception();
    return trace == null ? event.message() : trace.error().rootCause().toString();
  }
}
