package io.logsense.aws;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.InstantSource;

/**
 * Opens {@code cloudwatch://REGION/LOG-GROUP}. The name of a group that begins with a slash follows
 * a second one: {@code cloudwatch://eu-west-1//aws/lambda/shop}.
 */
public final class CloudWatchSourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "cloudwatch";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (uri.getHost() == null || path.length() < 2) {
      throw options.refused("it must be like cloudwatch://eu-west-1//aws/lambda/shop");
    }
    CloudWatchSource.Builder source =
        CloudWatchSource.builder(path.substring(1))
            .access(AwsAccess.of(options).region(uri.getHost()))
            .plan(QueryPlan.of(options, follow, InstantSource.system()));
    options.text("filter").ifPresent(source::filter);
    options.text("stream-prefix").ifPresent(source::streamPrefix);
    if (options.flag("each-stream")) {
      source.eachStream();
    }
    if (options.flag("service-from-group")) {
      source.serviceFromGroup();
    }
    options.done();
    return source.build();
  }
}
