package io.logsense.cli;

import io.logsense.Clusters;
import io.logsense.Triage;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.group.Group;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The groups of earlier runs of {@code analyze}, and the clusters they form. */
final class KnownGroups implements AutoCloseable {
  private static final String DIRECTORY = "clusters";
  private static final String TRIAGE = "triage";

  private final Clusters clusters;
  private final Triage triage;
  private final List<Group> groups;

  private KnownGroups(Clusters clusters, Triage triage, List<Group> groups) {
    this.clusters = clusters;
    this.triage = triage;
    this.groups = groups;
  }

  static KnownGroups open(Console console, List<String> inApp) {
    List<Group> groups = GroupArchive.in(console.home()).load();
    Clusters clusters = clusters(console.home(), inApp);
    clusters.add(groups);
    return new KnownGroups(clusters, triage(console.home()), groups);
  }

  /** The clusters kept in the home directory of the command. */
  static Clusters clusters(Path home, List<String> inApp) {
    return Clusters.builder()
        .directory(clustersIn(home))
        .inApp(inApp.toArray(String[]::new))
        .open();
  }

  /** The status of groups, kept in the home directory of the command. */
  static Triage triage(Path home) {
    return Triage.open(triageIn(home));
  }

  static Path clustersIn(Path home) {
    return home.resolve(DIRECTORY);
  }

  static Path triageIn(Path home) {
    return home.resolve(TRIAGE);
  }

  Triage triage() {
    return triage;
  }

  Clusters clusters() {
    return clusters;
  }

  /** The group whose id begins like this. */
  Group find(String id) {
    Set<String> ids = new TreeSet<>();
    groups.forEach(group -> ids.add(group.id()));
    return group(only(id, ids));
  }

  /** The id of the group, or of the variant inside one, that begins like this. */
  String findVariant(String id) {
    Set<String> ids = new TreeSet<>();
    for (Group group : groups) {
      ids.add(group.id());
      group.variants().keySet().stream().map(Fingerprint::toString).forEach(ids::add);
    }
    return only(id, ids);
  }

  private Group group(String id) {
    return groups.stream().filter(group -> group.id().equals(id)).findFirst().orElseThrow();
  }

  private String only(String id, Set<String> ids) {
    List<String> hits = ids.stream().filter(known -> known.startsWith(id)).toList();
    if (hits.size() == 1 || hits.contains(id)) {
      return hits.contains(id) ? id : hits.get(0);
    }
    throw new LogSenseException(
        Category.USAGE,
        hits.isEmpty()
            ? "no group '"
                + id
                + "' among the "
                + groups.size()
                + " of earlier runs; run 'logsense analyze' first"
            : "'" + id + "' is the beginning of " + hits.size() + " ids; write more of it");
  }

  @Override
  public void close() {
    triage.close();
    clusters.close();
  }
}
