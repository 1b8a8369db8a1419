package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a group shows was left unmasked. */
class MaskedEventsTest {
  @TempDir Path directory;

  private Group only(String text) throws IOException {
    Analysis analysis = LogSense.analyze(Files.writeString(directory.resolve("a.log"), text));
    assertThat(analysis.groups()).hasSize(1);
    return analysis.groups().get(0);
  }

  @Test
  void theValueOfASecretFieldIsHiddenWhole() throws IOException {
    LogEvent event =
        only("""
            {"time":"2026-11-21T08:45:12Z","level":"error","msg":"no","password":"a b, c","mail":"a@b.org"}
            """)
            .representative();

    assertThat(event.attributes())
        .containsEntry("password", "<PASSWORD_REDACTED>")
        .containsEntry("mail", "<EMAIL_REDACTED>");
  }

  @Test
  void quotesInASecretFieldDoNotEndIt() throws IOException {
    LogEvent event =
        only("""
            {"time":"2026-11-21T08:45:12Z","level":"error","msg":"no","password":"a\\"b c"}
            """)
            .representative();

    assertThat(event.attributes()).containsEntry("password", "<PASSWORD_REDACTED>");
  }

  @Test
  void serviceEnvironmentAndRequestIdAreMasked() throws IOException {
    Group group =
        only(
            """
            {"time":"2026-11-21T08:45:12Z","level":"error","msg":"no","service.name":"of ann@example.com","service.environment":"ann@example.com","request_id":"ann@example.com-1"}
            """);
    LogEvent event = group.representative();

    assertThat(event.service()).isEqualTo("of <EMAIL_REDACTED>");
    assertThat(group.services()).containsOnlyKeys("of <EMAIL_REDACTED>");
    assertThat(event.environment() + event.requestId() + event.attributes())
        .contains("<EMAIL_REDACTED>")
        .doesNotContain("ann@");
  }

  @Test
  void messageTitleTemplateAndExceptionAreMasked() throws IOException {
    Group group =
        only(
            """
            2026-11-21 08:45:12,123 ERROR [main] com.shop.Mail - cannot reach jane@example.com
            java.lang.IllegalStateException: no route to jane@example.com
            \tat com.shop.Mail.send(Mail.java:12)
            \tat com.shop.Main.main(Main.java:3)
            """);
    LogEvent event = group.representative();

    assertThat(event.exception()).isNotNull();
    assertThat(group.title() + group.template() + event.message() + event.exception().error())
        .contains("<EMAIL_REDACTED>")
        .doesNotContain("jane");
  }
}
