package io.logsense.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a container says of all its records. */
final class ContainerLabels {
  private static final Map<String, List<String>> SOURCES =
      Map.of(
          "service",
          List.of("service.name", "service", "com.docker.compose.service"),
          "environment",
          List.of("deployment.environment.name", "deployment.environment", "environment"),
          "version",
          List.of("service.version", "version", "org.opencontainers.image.version"));

  private ContainerLabels() {}

  static Map<String, String> of(
      InspectContainerResponse container, ContainerReader.OutputStream output) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("container.id", container.getId());
    String name = String.valueOf(container.getName());
    labels.put("container.name", name.startsWith("/") ? name.substring(1) : name);
    labels.put("log.iostream", output.name().toLowerCase(Locale.ROOT));
    ContainerConfig config = container.getConfig();
    if (config.getImage() != null) {
      labels.put("container.image.name", config.getImage());
    }
    Map<String, String> own = config.getLabels() == null ? Map.of() : config.getLabels();
    SOURCES.forEach(
        (label, keys) ->
            keys.stream()
                .filter(key -> !own.getOrDefault(key, "").isEmpty())
                .findFirst()
                .ifPresent(key -> labels.put(label, own.get(key))));
    return Map.copyOf(labels);
  }

  static boolean hasTerminal(InspectContainerResponse container) {
    return Boolean.TRUE.equals(container.getConfig().getTty());
  }
}
