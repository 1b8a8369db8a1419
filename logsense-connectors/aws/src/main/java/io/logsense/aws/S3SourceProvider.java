package io.logsense.aws;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.InstantSource;

/** Opens {@code s3://BUCKET/PREFIX}. */
public final class S3SourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    if (uri.getAuthority() == null) {
      throw options.refused("it must be like s3://bucket/prefix");
    }
    AwsAccess access = AwsAccess.of(options);
    S3Source.Builder source =
        S3Source.builder(uri.getAuthority())
            .prefix(uri.getPath().isEmpty() ? "" : uri.getPath().substring(1))
            .access(options.text("region").map(access::region).orElse(access))
            .pathStyle(options.flag("path-style"))
            .plan(QueryPlan.of(options, follow, InstantSource.system()));
    try {
      options.text("dates").ifPresent(source::dates);
    } catch (IllegalArgumentException e) {
      throw options.refused("dates: " + e.getMessage());
    }
    options.done();
    return source.build();
  }
}
