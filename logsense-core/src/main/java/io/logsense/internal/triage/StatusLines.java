package io.logsense.internal.triage;

import io.logsense.api.purge.Subject;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import io.logsense.internal.journal.ContentId;
import io.logsense.internal.journal.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Changes of status as they are kept in a journal. */
public final class StatusLines {
  private static final String SCHEME = "sc1:";

  private StatusLines() {}

  /** A change without an id and a time. */
  public static StatusChange bare(String group, GroupStatus status, String who, String why) {
    return new StatusChange("", group, status, "", null, List.of(), who, Instant.EPOCH, why);
  }

  /** A change that says the same again. */
  static StatusChange again(StatusChange change, String group, String who, String why) {
    return new StatusChange(
        "",
        group,
        change.status(),
        change.version(),
        change.until(),
        change.versions(),
        who,
        Instant.EPOCH,
        why);
  }

  /** The change with its id, and a time after all before, even when the clock was set back. */
  static StatusChange date(StatusChange bare, Instant now, List<StatusChange> before) {
    Instant last = Instant.MIN;
    for (StatusChange change : before) {
      last = change.when().isAfter(last) ? change.when() : last;
    }
    Instant when = now.isAfter(last) ? now : last.plusNanos(1);
    String id =
        ContentId.of(
            SCHEME,
            bare.group(),
            bare.status().name(),
            bare.version(),
            String.valueOf(bare.until()),
            String.join("\1", bare.versions()),
            bare.who(),
            when.toString(),
            bare.why());
    return new StatusChange(
        id,
        bare.group(),
        bare.status(),
        bare.version(),
        bare.until(),
        bare.versions(),
        bare.who(),
        when,
        bare.why());
  }

  static Fact write(StatusChange change) {
    Until until = change.until();
    return Fact.of("status")
        .with("id", change.id())
        .with("group", change.group())
        .with("status", change.status().name())
        .with("version", change.version())
        .with("until", until == null ? "" : until.toString())
        .with("versions", change.versions())
        .with("who", change.who())
        .with("when", change.when().toString())
        .with("why", change.why());
  }

  static Fact redacted(Fact fact, Subject subject) {
    return fact.redacted(subject, "version", "versions", "who", "why");
  }

  /** The same change, if it does not mention the subject. */
  static StatusChange redacted(StatusChange change, Subject subject) {
    StatusChange redacted =
        new StatusChange(
            change.id(),
            change.group(),
            change.status(),
            subject.redact(change.version()),
            change.until(),
            change.versions().stream().map(subject::redact).toList(),
            subject.redact(change.who()),
            change.when(),
            subject.redact(change.why()));
    return redacted.equals(change) ? change : redacted;
  }

  static StatusChange read(Fact fact) {
    String until = fact.text("until");
    return new StatusChange(
        fact.text("id"),
        fact.text("group"),
        GroupStatus.valueOf(fact.text("status")),
        fact.text("version"),
        until.isEmpty() ? null : Until.parse(until),
        fact.list("versions"),
        fact.text("who"),
        Instant.parse(fact.text("when")),
        fact.text("why"));
  }

  static Fact progress(Map.Entry<String, TriageBook.Progress> entry) {
    return Fact.of("progress")
        .with("change", entry.getKey())
        .with("events", Long.toString(entry.getValue().events()))
        .with("until", Long.toString(entry.getValue().until()));
  }

  static TriageBook.Progress readProgress(Fact fact) {
    return new TriageBook.Progress(
        Long.parseLong(fact.text("events")), Long.parseLong(fact.text("until")));
  }
}
