package io.logsense.docker;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code docker://[context or host:port]/[name or pattern]?label=…&since=…}: containers of the
 * engine that Docker's own tools would talk to, of a context that they know, or of a host.
 */
public final class DockerSourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "docker";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    DockerSource.Builder builder = DockerSource.builder().follow(follow);
    String engine = uri.getRawAuthority();
    if (engine != null && engine.contains(":")) {
      builder.host("tcp://" + engine);
    } else if (engine != null) {
      builder.context(engine);
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (path.length() > 1) {
      builder.containers(path.substring(1));
    }
    options.text("label").ifPresent(labels -> builder.labels(List.of(labels.split(","))));
    options.instant("since", InstantSource.system()).ifPresent(builder::since);
    options.number("recordBytes", 1, Integer.MAX_VALUE).ifPresent(builder::recordBytes);
    options.done();
    return builder.build();
  }
}
