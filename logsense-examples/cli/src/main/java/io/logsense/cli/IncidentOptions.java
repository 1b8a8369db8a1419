package io.logsense.cli;

import io.logsense.analysis.Deployments;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.store.DocumentStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files that say more of services than their logs do. */
final class IncidentOptions {
  @Option(
      names = "--catalogue",
      paramLabel = "FILE.csv",
      description = "Who stands behind services: system_name,department,owner_email,criticality.")
  private @Nullable Path catalogue;

  @Option(
      names = "--deployments",
      paramLabel = "FILE.csv",
      description =
          "What ran when: service,environment,deployed_at,version,commit. An event of a git"
              + " repository at --src is looked for in the commit that it came from.")
  private @Nullable Path deployments;

  @Nullable ServiceCatalogue catalogue() {
    return catalogue == null ? null : ServiceCatalogue.read(catalogue);
  }

  /** Deployments of the file, then those of a store. */
  List<Deployments> deployments(@Nullable DocumentStore store) {
    List<Deployments> known = new ArrayList<>();
    if (deployments != null) {
      known.add(Deployments.read(deployments));
    }
    if (store != null) {
      known.add(Deployments.open(store));
    }
    return known;
  }
}
