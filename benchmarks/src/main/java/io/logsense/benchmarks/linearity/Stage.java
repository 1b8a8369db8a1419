package io.logsense.benchmarks.linearity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.logsense.Fingerprinters;
import io.logsense.Limits;
import io.logsense.LogSense;
import io.logsense.Maskers;
import io.logsense.Parsers;
import io.logsense.Sources;
import io.logsense.StackTraces;
import io.logsense.TemplateMiners;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.template.TemplateMiner;
import io.logsense.internal.stack.RecordAssembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A stage of the engine that reads a text to its end, without the limits that the engine puts on
 * lines and records before it.
 */
enum Stage {
  /** Stack traces out of the whole text. */
  EXTRACT {
    @Override
    Runnable over(byte[] text) {
      return () -> keep(StackTraces.extractor().extract(text, 0, text.length));
    }
  },
  /** Lines put together to records. */
  ASSEMBLE {
    @Override
    Runnable over(byte[] text) {
      int[] ends = lineEnds(text);
      Limits limits =
          Limits.builder().recordBytes(text.length + 1).recordLines(text.length + 1).build();
      return () -> {
        RecordAssembler assembler = RecordAssembler.plainText(limits, Stage::keep);
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
          assembler.line(text, start, ends[i] - start, false, start, i + 1, false, "");
          start = ends[i] + 1;
        }
        assembler.flush();
      };
    }
  },
  /** The format found, from the text as a sample. */
  DETECT {
    @Override
    Runnable over(byte[] text) {
      RecordBatch batch = new RecordBatch(text);
      int start = 0;
      for (int end : lineEnds(text)) {
        batch.add(start, end - start, start, false);
        start = end + 1;
      }
      return () -> keep(Parsers.defaults().detect(batch));
    }
  },
  /** Every line read by every format. */
  PARSE {
    @Override
    Runnable over(byte[] text) {
      int[] ends = lineEnds(text);
      List<LogParser> parsers = List.copyOf(Parsers.defaults().all().values());
      return () -> {
        for (LogParser parser : parsers) {
          int start = 0;
          for (int end : ends) {
            keep(parser.startsRecord(text, start, end - start));
            keep(parser.parse(text, start, end - start, LogEvent.builder()));
            start = end + 1;
          }
        }
      };
    }
  },
  /** Personal data hidden, line by line. */
  MASK {
    @Override
    Runnable over(byte[] text) {
      List<String> lines = strings(text);
      return () -> lines.forEach(line -> keep(Maskers.standard().mask(line)));
    }
  },
  /** The identity of throwables whose types, messages and frames are cut out of the text. */
  FINGERPRINT {
    @Override
    Runnable over(byte[] text) {
      StackTrace trace = trace(new String(text, US_ASCII));
      // A new one for each pass, which knows no name from the last.
      return () -> keep(Fingerprinters.javaFrames().notInApp("none.").fingerprint(trace));
    }
  },
  /** Templates, line by line, by a miner that knows nothing. */
  MINE {
    @Override
    Runnable over(byte[] text) {
      List<String> lines = strings(text);
      return () -> {
        TemplateMiner miner = TemplateMiners.bySignature();
        lines.forEach(line -> keep(miner.learn(line)));
      };
    }
  },
  /** The whole engine with its limits. */
  ENGINE {
    @Override
    Runnable over(byte[] text) {
      return () ->
          keep(LogSense.builder().source(Sources.bytes("text", text)).threads(1).analyze());
    }
  };

  private static final int NAME_CHARS = 60;
  private static final int FRAMES = 100;

  @SuppressWarnings("unused") // Written so that no work can be left out.
  private static volatile int kept;

  /** One pass over {@code text}; what is prepared here is not measured. */
  abstract Runnable over(byte[] text);

  /** The name in words. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void keep(Object result) {
    kept = Objects.hashCode(result);
  }

  private static int[] lineEnds(byte[] text) {
    IntStream.Builder ends = IntStream.builder();
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        ends.add(i);
      }
    }
    return ends.add(text.length).build().toArray();
  }

  private static List<String> strings(byte[] text) {
    return new String(text, US_ASCII).lines().toList();
  }

  /** Throwables of 100 frames that cause each other, as many as the text is long. */
  private static StackTrace trace(String text) {
    ThrownError error = null;
    int at = 0;
    while (at < text.length() || error == null) {
      List<StackFrame> frames = new ArrayList<>();
      for (; frames.size() < FRAMES && at < text.length(); at += NAME_CHARS) {
        String name = text.substring(at, Math.min(text.length(), at + NAME_CHARS));
        frames.add(new StackFrame(name, name, name, at));
      }
      error = new ThrownError("java.lang.Exception", null, frames, 0, error, List.of());
    }
    return new StackTrace("java", error, 0, 1, false);
  }
}
