package io.logsense.aws;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.InstantSource;

/** Opens {@code kinesis://REGION/STREAM}. */
public final class KinesisSourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "kinesis";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (uri.getHost() == null || path.length() < 2) {
      throw options.refused("it must be like kinesis://eu-west-1/stream");
    }
    KinesisSource.Builder source =
        KinesisSource.builder(path.substring(1))
            .access(AwsAccess.of(options).region(uri.getHost()))
            .plan(QueryPlan.of(options, follow, InstantSource.system()));
    options.duration("pause").ifPresent(source::pause);
    if (options.flag("unpack")) {
      source.unpack();
    }
    options.done();
    return source.build();
  }
}
