package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code why} and the HTML report know around a problem. */
class SurroundingsTest {
  private static final String SOURCE =
      """
      package com.acme;

      class Till {
        int total(String tier) {
          return tier.length();
        }
      }
      """;

  @TempDir Path home;
  private Path log;
  private Path catalogue;

  @BeforeEach
  void write() throws IOException {
    log =
        Files.writeString(
            home.resolve("till.log"),
            line("10:00:01.000", "INFO", "aa11", "Basket of 3 items")
                + line("10:00:02.000", "INFO", "bb22", "Another request")
                + line("10:00:02.500", "WARN", "aa11", "No tier for user=guest7, country=de")
                + failure("10:00:03.000", "aa11")
                + line("10:00:04.000", "INFO", "aa11", "Answered 500")
                + failure("10:05:03.000", "cc33"));
    catalogue =
        Files.writeString(
            home.resolve("catalogue.csv"),
            "system_name,department,owner_email,criticality\n"
                + "till,Payments,ann@example.com,high\n");
  }

  private static String line(String time, String level, String trace, String message) {
    return """
        {"@timestamp":"2026-05-01T%sZ","log.level":"%s","service.name":"till",\
        "service.version":"1.1","trace.id":"%s","message":"%s"%s}
        """
        .formatted(time, level, trace, message, "");
  }

  private static String failure(String time, String trace) {
    return line(time, "ERROR", trace, "Checkout failed")
        .replace(
            "\"Checkout failed\"",
            "\"Checkout failed\",\"error.stack_trace\":\"java.lang.NullPointerException: tier"
                + "\\n\\tat com.acme.Till.total(Till.java:5)\\n\"");
  }

  private Path source() throws IOException {
    Path source = Files.createDirectories(home.resolve("src"));
    Files.writeString(source.resolve("Till.java"), SOURCE);
    return source;
  }

  private String problem() throws IOException {
    JsonNode groups = Run.of(home, "analyze", "--json", log.toString()).json().get("groups");
    for (JsonNode group : groups) {
      if (group.get("title").asText().contains("NullPointerException")) {
        return group.get("id").asText();
      }
    }
    throw new AssertionError("no such problem in " + groups);
  }

  private JsonNode why(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("why", problem(), "--json"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--src")) {
      arguments.addAll(List.of("--src", source().toString()));
    }
    return Run.of(home, arguments.toArray(String[]::new)).json();
  }

  private static List<String> texts(JsonNode items, String member) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(member.isEmpty() ? item.asText() : item.path(member).asText()));
    return texts;
  }

  @Test
  void eventsOfTheSameTraceComeFromTheLog() throws IOException {
    JsonNode report = why("--log", log.toString());

    assertThat(texts(report.get("events"), "message"))
        .containsExactly(
            "Checkout failed",
            "Basket of 3 items",
            "No tier for user=guest7, country=de",
            "Answered 500");
    assertThat(texts(report.get("parameters"), "name")).containsExactly("user", "country");
    assertThat(texts(report.get("evidence"), "quote"))
        .contains("No tier for user=guest7, country=de");
    assertThat(texts(why().get("events"), "message")).containsExactly("Checkout failed");
  }

  @Test
  void timesRatesAndVersionsAreKnown() throws IOException {
    assertThat(texts(why().get("facts"), ""))
        .contains(
            "It was first seen at 2026-05-01T10:00:03Z and last at 2026-05-01T10:05:03Z.",
            "Events by version: 1.1 2.");
  }

  @Test
  void whoStandsBehindTheServiceIsNamedEverywhere() throws IOException {
    JsonNode service = why("--catalogue", catalogue.toString()).get("service");
    assertThat(service.get("owner").asText()).isEqualTo("ann@example.com");
    assertThat(service.get("department").asText()).isEqualTo("Payments");
    assertThat(service.get("criticality").asInt()).isEqualTo(4);

    Path html = home.resolve("report.html");
    JsonNode analysis =
        Run.of(
                home,
                "analyze",
                "--json",
                "--html",
                html.toString(),
                "--src",
                source().toString(),
                "--catalogue",
                catalogue.toString(),
                log.toString())
            .json();
    assertThat(analysis.get("groups").get(0).get("service").get("owner").asText())
        .isEqualTo("ann@example.com");
    assertThat(Files.readString(html))
        .contains("<dt>Owner</dt><dd>ann@example.com</dd>")
        .contains("till belongs to Payments and has criticality 4 of 5.")
        .contains("<h4>Around it</h4>")
        .contains("10:00:02 WARN No tier for user=guest7, country=de");
  }

  @Test
  void theCommitIsThatOfTheVersionThatTheEventNames() throws IOException, GitAPIException {
    Path repository = home.resolve("repository");
    String first = commit(repository, SOURCE);
    try (Git git = Git.open(repository.toFile())) {
      git.tag().setName("v1.0").setAnnotated(false).setSigned(false).call();
    }
    commit(repository, "package com.acme;\n\n" + "//\n".repeat(50) + SOURCE.substring(20));
    Path deployments =
        Files.writeString(
            home.resolve("deployments.csv"),
            "version,service,environment,commit,deployed_at\n1.1,till,,"
                + first
                + ",2026-05-01T09:00:00Z\n1.2,till,,HEAD,2026-05-01T10:00:00\n");

    JsonNode asItIs = why("--src", repository.toString());
    assertThat(asItIs.get("commit").asText()).isEmpty();
    Files.writeString(log, Files.readString(log).replace("\"1.1\"", "\"1.0\""));
    assertThat(why("--src", repository.toString()).get("commit").asText()).isEqualTo(first);
    Files.writeString(log, Files.readString(log).replace("\"1.0\"", "\"HEAD\""));
    assertThat(why("--src", repository.toString()).get("commit").asText()).isEmpty();
    Files.writeString(log, Files.readString(log).replace("\"HEAD\"", "\"1.1\""));
    JsonNode report = why("--src", repository.toString(), "--deployments", deployments.toString());
    assertThat(report.get("commit").asText()).isEqualTo(first);
    assertThat(report.get("version").asText()).isEqualTo("1.1");
    assertThat(report.get("rootCause").get("symbol").asText()).isEqualTo("com.acme.Till#total/1");
    assertThat(report.get("evidence").get(0).get("line").asInt()).isEqualTo(5);
    assertThat(texts(report.get("facts"), ""))
        .contains("till 1.1 was deployed at 2026-05-01T09:00:00Z.");
  }

  private static String commit(Path repository, String text) throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(repository.toFile()).call()) {
      Files.writeString(repository.resolve("Till.java"), text);
      git.add().addFilepattern(".").call();
      return git.commit()
          .setMessage("A change")
          .setAuthor("ann", "ann@example.com")
          .setCommitter("ann", "ann@example.com")
          .setSign(false)
          .call()
          .name();
    }
  }

  @Test
  void whatBecameOfAProblemIsToldOfItAndOfThoseLikeIt() throws IOException {
    String id = problem();
    Run.of(home, "resolve", id, "--in", "1.2", "--why", "tiers have a default");
    Run.of(home, "feedback", id, "accept", "--src", source().toString(), "--note", "guests again");

    assertThat(texts(why().get("facts"), ""))
        .anySatisfy(
            fact ->
                assertThat(fact)
                    .contains("resolved in 1.2: tiers have a default")
                    .contains("the cause was com.acme.Till#total/1 (guests again)"));

    Files.writeString(
        log,
        Files.readString(log)
            .replace("com.acme.Till.total(Till.java:5)", "com.acme.Desk.sum(D.java:9)"));
    String other = null;
    for (JsonNode group : Run.of(home, "analyze", "--json", log.toString()).json().get("groups")) {
      if (group.get("title").asText().contains("NullPointerException")) {
        other = group.get("id").asText();
      }
    }
    assertThat(other).isNotNull().isNotEqualTo(id);
    Run.of(home, "merge", id, String.valueOf(other));
    JsonNode report =
        Run.of(home, "why", String.valueOf(other), "--src", source().toString(), "--json").json();
    assertThat(texts(report.get("similar"), "group")).containsExactly(id);
    assertThat(texts(report.get("similar"), "outcome").get(0)).contains("tiers have a default");
  }
}
