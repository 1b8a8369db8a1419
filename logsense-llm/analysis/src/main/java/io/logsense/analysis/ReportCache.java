package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import java.util.List;
import java.util.Optional;

/**
 * Reports that models made and that passed their checks, kept as documents of the kind {@value
 * #KIND}: one for each problem, version of the code, version of the prompt, and model. Thread-safe
 * if its store is.
 */
public final class ReportCache implements Purgeable {
  /** The kind of its documents. */
  public static final String KIND = "root-cause";

  private final DocumentStore store;

  /** A cache in {@code store}, which the caller closes. */
  public ReportCache(DocumentStore store) {
    this.store = store;
  }

  Optional<RootCauseReport> find(Incident incident, String prompt, String model) {
    return store.get(KIND, id(incident, prompt, model)).flatMap(ReportCache::read);
  }

  void keep(Incident incident, String prompt, String model, RootCauseReport report) {
    store.put(List.of(Documents.of(KIND, id(incident, prompt, model), report)));
  }

  /** What models found of a group, in any of its versions. */
  public List<RootCauseReport> about(String group) {
    return store.list(KIND).stream()
        .flatMap(document -> read(document).stream())
        .filter(
            report -> report.incident().equals(group) || report.incident().startsWith(group + "@"))
        .toList();
  }

  /** A document of another version of the library counts as none. */
  private static Optional<RootCauseReport> read(Document document) {
    try {
      return Optional.of(Documents.read(document, RootCauseReport.class));
    } catch (LogSenseException e) {
      return Optional.empty();
    }
  }

  private static String id(Incident incident, String prompt, String model) {
    return Documents.id(incident.id(), incident.commit(), prompt, model);
  }

  @Override
  public long mentions(Subject subject) {
    return Documents.naming(store, KIND, subject).size();
  }

  /** Removes reports that mention it; freed pages are the store's to purge. */
  @Override
  public long purge(Subject subject) {
    return Documents.purge(store, KIND, subject);
  }
}
