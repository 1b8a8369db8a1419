package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.event.SourcePosition;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.store.EventQuery;
import io.logsense.testkit.InMemoryLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  @TempDir Path dir;

  private static DeadLetter letter(int i) {
    return new DeadLetter(new SourcePosition("app.log", i, i, 1), "no text", "?");
  }

  private static List<String> messages(LogSense.Builder engine) {
    List<String> messages = new ArrayList<>();
    engine.filter(event -> messages.add(event.message())).analyze();
    return messages;
  }

  @Test
  void whatCouldNotBeReadIsKeptAndReadAgain() throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    byte[] binary = {0, 1, 2, (byte) 0xff, 0, 7, 0, 0, 0, 0, 0, 0};
    log.write("starting\n".getBytes(StandardCharsets.UTF_8));
    log.write(binary);
    log.write("\nstopped\n".getBytes(StandardCharsets.UTF_8));
    Path file = dir.resolve("dead.jsonl");
    Analysis analysis;
    try (DeadLetterSink sink = DeadLetters.file(file)) {
      analysis =
          LogSense.builder()
              .source(Sources.bytes("app.log", log.toByteArray()))
              .deadLetters(sink)
              .analyze();
    }
    assertThat(analysis.deadLetters()).isEqualTo(1);
    List<byte[]> again = new ArrayList<>();
    LogSense.builder()
        .source(DeadLetters.source(file))
        .deadLetters(
            new DeadLetterSink() {
              @Override
              public void accept(DeadLetter letter, byte[] raw) {
                again.add(raw);
              }

              @Override
              public void close() {}
            })
        .analyze();
    assertThat(again).hasSize(1);
    assertThat(again.get(0)).isEqualTo(binary);
  }

  @Test
  void whatCodeOfTheHostFailedOnIsKeptWhole() throws IOException {
    Path file = dir.resolve("dead.jsonl");
    Analysis analysis;
    try (DeadLetterSink sink = DeadLetters.file(file)) {
      analysis =
          LogSense.builder()
              .source(MessagesSource.of("fine", "evil jane@example.org\nsecond line", "fine"))
              .masker(
                  text -> {
                    if (text.startsWith("evil")) {
                      throw new IllegalStateException("broken masker");
                    }
                    return text;
                  })
              .deadLetters(sink)
              .analyze();
    }
    assertThat(analysis.events()).isEqualTo(2);
    assertThat(analysis.deadLetterSamples())
        .singleElement()
        .matches(letter -> letter.reason().contains("broken masker"))
        .matches(letter -> !letter.toString().contains("jane"));
    assertThat(Files.readString(file)).doesNotContain("jane"); // in Base64 only
    InMemoryLogStore store = new InMemoryLogStore();
    for (int i = 0; i < 2; i++) {
      LogSense.builder().source(DeadLetters.source(file)).store(store).analyze();
    }
    assertThat(store.find(EventQuery.all()))
        .singleElement()
        .extracting(stored -> stored.event().message())
        .asString()
        .startsWith("evil ")
        .endsWith("\nsecond line")
        .doesNotContain("jane");
  }

  @Test
  void thereAreNeverMoreThanTwoFiles() throws IOException {
    Path file = dir.resolve("dead.jsonl");
    for (int i = 0; i < 60; i++) {
      try (DeadLetterSink sink = DeadLetters.file(file, 2000)) {
        sink.accept(letter(i), ("record " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    try (var files = Files.list(dir)) {
      assertThat(files).hasSize(2).allMatch(one -> one.toFile().length() <= 2000);
    }
    List<String> messages = messages(LogSense.builder().source(DeadLetters.source(file)));
    assertThat(messages).endsWith("record 58", "record 59").hasSizeBetween(16, 40);
  }

  @Test
  void aLineThatWasCutIsNotLost() throws IOException {
    Path file = dir.resolve("dead.jsonl");
    try (DeadLetterSink sink = DeadLetters.file(file)) {
      sink.accept(letter(1), "first".getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(file, "{\"v\":1,\"source\":\"app", StandardOpenOption.APPEND);
    try (DeadLetterSink sink = DeadLetters.file(file)) {
      sink.accept(letter(2), "second".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(messages(LogSense.builder().source(DeadLetters.source(file))))
        .containsExactly("first", "{\"v\":1,\"source\":\"app", "second");
  }

  @Test
  void anInterruptedThreadKeepsItsLetterAndItsInterrupt() throws IOException {
    Path file = dir.resolve("dead.jsonl");
    try (DeadLetterSink sink = DeadLetters.file(file)) {
      Thread.currentThread().interrupt();
      sink.accept(letter(1), "first".getBytes(StandardCharsets.UTF_8));
      assertThat(Thread.interrupted()).isTrue();
      sink.accept(letter(2), "second".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(messages(LogSense.builder().source(DeadLetters.source(file))))
        .containsExactly("first", "second");
  }

  @Test
  void aFileThatCannotBeMovedIsTriedAgain() throws IOException {
    Path file = dir.resolve("dead.jsonl");
    Path inTheWay = Files.createDirectories(dir.resolve("dead.jsonl.1").resolve("x"));
    try (DeadLetterSink sink = DeadLetters.file(file, 200)) {
      sink.accept(letter(1), "first".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> sink.accept(letter(2), new byte[100]))
          .isInstanceOf(IOException.class);
      Files.delete(inTheWay);
      Files.delete(inTheWay.getParent());
      sink.accept(letter(3), "third".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(messages(LogSense.builder().source(DeadLetters.source(file))))
        .containsExactly("first", "third");
  }

  @Test
  void aSinkThatFailsStopsNothing() {
    DeadLetterSink sink =
        new DeadLetterSink() {
          @Override
          public void accept(DeadLetter letter, byte[] raw) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public void close() {}
        };
    Analysis analysis =
        LogSense.builder()
            .source(Sources.bytes("x", new byte[] {0, 1, 2, 3, 0, 0, 0, 0, '\n', 'a', '\n'}))
            .deadLetters(sink)
            .analyze();
    assertThat(analysis.events() + analysis.deadLetters()).isEqualTo(analysis.records());
    assertThat(analysis.groups()).extracting(g -> g.representative().message()).contains("a");
  }
}
