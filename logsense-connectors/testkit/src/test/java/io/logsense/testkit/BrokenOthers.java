package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.event.LogEvent;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.api.parse.LogParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Notifiers, models and parsers with one mistake each. */
final class BrokenOthers {
  private BrokenOthers() {}

  abstract static class BrokenNotifier extends NotifierContract {
    final HttpReceiver receiver;

    BrokenNotifier() throws IOException {
      receiver = HttpReceiver.start();
    }

    @Override
    protected List<String> received() {
      return receiver.received();
    }

    @Override
    protected Optional<Faults> faults() {
      return Optional.of(receiver);
    }

    @AfterEach
    void stop() throws IOException {
      receiver.close();
    }
  }

  static class SwallowsAFailure extends BrokenNotifier {
    SwallowsAFailure() throws IOException {}

    @Override
    protected Notifier open() {
      return new WebhookNotifier(receiver.uri()) {
        @Override
        public void notify(Alert alert) throws IOException, InterruptedException {
          post(alert.summary());
        }
      };
    }
  }

  static class CallsForEveryFindingOfAStorm extends BrokenNotifier {
    CallsForEveryFindingOfAStorm() throws IOException {}

    @Override
    protected Notifier open() {
      return new WebhookNotifier(receiver.uri()) {
        @Override
        public void notify(Alert alert) throws IOException, InterruptedException {
          for (Alert.Item item : alert.items().subList(0, Math.min(3, alert.items().size()))) {
            post(item.summary());
          }
        }
      };
    }
  }

  abstract static class BrokenModel extends LanguageModelContract {
    final ScriptedLanguageModel scripted = ScriptedLanguageModel.answering("one two three four");

    abstract Completion complete(Prompt prompt) throws InterruptedException;

    @Override
    protected LanguageModel open() {
      return new LanguageModel() {
        @Override
        public String modelId() {
          return "broken";
        }

        @Override
        public Completion complete(Prompt prompt) throws InterruptedException {
          return BrokenModel.this.complete(prompt);
        }
      };
    }

    @Override
    protected Optional<Faults> faults() {
      return Optional.of(scripted);
    }

    @Override
    protected Duration deadline() {
      return Duration.ofSeconds(2);
    }
  }

  static class IgnoresTheTimeout extends BrokenModel {
    @Override
    Completion complete(Prompt prompt) throws InterruptedException {
      return scripted.complete(
          new Prompt(
              prompt.system(), prompt.user(), null, prompt.maxOutputTokens(), Duration.ofHours(1)));
    }
  }

  static class KeepsQuietAboutACut extends BrokenModel {
    @Override
    Completion complete(Prompt prompt) throws InterruptedException {
      Completion cut = scripted.complete(prompt);
      return new Completion(
          cut.text(), cut.inputTokens(), cut.outputTokens(), Completion.End.COMPLETE);
    }
  }

  static class TakesAnInterruptForAFailure extends BrokenModel {
    @Override
    Completion complete(Prompt prompt) {
      try {
        return scripted.complete(prompt);
      } catch (InterruptedException e) {
        throw new LogSenseException(Category.TRANSIENT, "interrupted", e);
      }
    }
  }

  abstract static class BrokenParser extends LevelParserTest {
    abstract void look(byte[] buffer, int offset, int length);

    @Override
    protected LogParser parser() {
      return new LevelParser() {
        @Override
        public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
          look(buffer, offset, length);
          return super.parse(buffer, offset, length, out);
        }
      };
    }
  }

  static class ThrowsOnBrokenText extends BrokenParser {
    @Override
    void look(byte[] buffer, int offset, int length) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  static class LooksBehindTheEnd extends BrokenParser {
    @Override
    void look(byte[] buffer, int offset, int length) {
      if (offset + length < buffer.length && buffer[offset + length] < 0) {
        throw new IllegalStateException("a look behind the end");
      }
    }
  }

  static class TakesQuadraticTime extends BrokenParser {
    @Override
    void look(byte[] buffer, int offset, int length) {
      long sum = 0;
      for (int i = 0; i < length; i++) {
        for (int j = i; j < length; j++) {
          sum += buffer[offset + j];
        }
      }
      if (sum == Long.MIN_VALUE) {
        throw new IllegalStateException("never");
      }
    }

    @Override
    protected Duration deadline() {
      return Duration.ofSeconds(2);
    }
  }
}
