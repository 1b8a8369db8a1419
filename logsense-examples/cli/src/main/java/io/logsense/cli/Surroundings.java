package io.logsense.cli;

import io.logsense.analysis.Deployments;
import io.logsense.analysis.Deployments.Deployment;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.analysis.Incident;
import io.logsense.api.group.Group;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import io.logsense.code.CodeVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known around problems: events, deployments, who stands behind services, earlier problems.
 * Who is asked about a service is no part of an incident, and so goes to no model.
 */
final class Surroundings {
  private final @Nullable ServiceCatalogue catalogue;
  private final List<Deployments> deployments = new ArrayList<>();
  private final @Nullable LogStore events;
  private final @Nullable EarlierProblems earlier;

  /**
   * All that is at hand.
   *
   * @param deployments the first that knows an event counts
   */
  Surroundings(
      @Nullable ServiceCatalogue catalogue,
      List<Deployments> deployments,
      @Nullable LogStore events,
      @Nullable EarlierProblems earlier) {
    this.catalogue = catalogue;
    this.deployments.addAll(deployments);
    this.events = events;
    this.earlier = earlier;
  }

  /** Nothing but what events say of themselves. */
  static Surroundings none() {
    return new Surroundings(null, List.of(), null, null);
  }

  /** The service that most events of a group are of. */
  Optional<ServiceCatalogue.Entry> service(Group group) {
    return catalogue == null ? Optional.empty() : service(catalogue, group);
  }

  /** The service that most events of a group are of. */
  static Optional<ServiceCatalogue.Entry> service(ServiceCatalogue catalogue, Group group) {
    return group.services().keySet().stream().findFirst().flatMap(catalogue::find);
  }

  /** What the first event of a group came from. */
  Optional<Deployment> deployment(Group group) {
    return deployments.stream()
        .flatMap(known -> known.of(group.representative()).stream())
        .findFirst();
  }

  /** What the commit in git may be called that the first event of a group came from. */
  List<String> revisions(Group group) {
    return CodeVersions.revisions(
        version(group),
        group.representative().commit(),
        deployment(group).map(Deployment::commit).orElse(""));
  }

  private String version(Group group) {
    String stated = group.representative().version();
    return stated.isEmpty() ? deployment(group).map(Deployment::version).orElse("") : stated;
  }

  /**
   * Adds all that is known.
   *
   * @param commit of the source code; empty when unknown
   */
  void addTo(Incident.Builder incident, Group group, String commit) {
    Optional<Deployment> deployment = deployment(group);
    String stated = group.representative().commit();
    String named = stated.isEmpty() ? deployment.map(Deployment::commit).orElse("") : stated;
    incident.deployed(version(group), commit.isEmpty() ? named : commit);
    deployment.ifPresent(known -> incident.fact(words(known)));
    service(group)
        .ifPresent(
            service -> {
              incident.criticality(service.criticality());
              incident.fact(words(service));
            });
    if (events != null) {
      for (StoredEvent event : RelatedEvents.of(group.representative(), events)) {
        incident.event(event.id(), event.event());
      }
    }
    if (earlier != null) {
      earlier.like(group).forEach(incident::similar);
      String outcome = earlier.outcome(group.id());
      if (!outcome.isEmpty()) {
        incident.fact("Of this problem it is known: " + outcome + ".");
      }
    }
  }

  private static String words(Deployment deployment) {
    String where = deployment.environment().isEmpty() ? "" : " in " + deployment.environment();
    return "%s %s was deployed%s at %s."
        .formatted(deployment.service(), deployment.version(), where, deployment.deployedAt());
  }

  private static String words(ServiceCatalogue.Entry service) {
    String department =
        service.department().isEmpty() ? "" : " belongs to " + service.department() + " and";
    return "%s%s has criticality %s of 5."
        .formatted(
            service.system(),
            department,
            service.criticality() == 0 ? "unknown" : service.criticality());
  }
}
