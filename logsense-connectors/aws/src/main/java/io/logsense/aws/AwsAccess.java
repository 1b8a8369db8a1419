package io.logsense.aws;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.UriOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * How AWS is reached: the region, where its services are, and who asks.
 *
 * <p>Credentials come from where every tool of AWS looks for them: system properties, environment,
 * the files in {@code ~/.aws}, the container or the instance. Immutable.
 */
public final class AwsAccess {
  /** Region and credentials as the environment has them. */
  public static final AwsAccess DEFAULT = new AwsAccess(null, null, null, Duration.ofSeconds(30));

  // The second is for a connection that the server closed while nobody used it.
  private static final int ATTEMPTS = 2;

  private final @Nullable String region;
  private final @Nullable URI endpoint;
  private final @Nullable String profile;
  private final Duration timeout;

  private AwsAccess(
      @Nullable String region, @Nullable URI endpoint, @Nullable String profile, Duration timeout) {
    this.region = region;
    this.endpoint = endpoint;
    this.profile = profile;
    this.timeout = timeout;
  }

  /** What the options {@code endpoint} and {@code profile} of a URI say. */
  static AwsAccess of(UriOptions options) {
    return new AwsAccess(
        null,
        options.text("endpoint").map(URI::create).orElse(null),
        options.text("profile").orElse(null),
        DEFAULT.timeout);
  }

  /** Reached in that region, such as {@code eu-west-1}. */
  public AwsAccess region(String region) {
    return new AwsAccess(region, endpoint, profile, timeout);
  }

  /** Reached at that address: a private endpoint, or another system that speaks the protocol. */
  public AwsAccess endpoint(URI endpoint) {
    return new AwsAccess(region, endpoint, profile, timeout);
  }

  /** With the credentials of that profile in {@code ~/.aws}. */
  public AwsAccess profile(String profile) {
    return new AwsAccess(region, endpoint, profile, timeout);
  }

  /** How long a call may take, and a stream may be silent; by default 30 seconds. */
  public AwsAccess timeout(Duration timeout) {
    return new AwsAccess(region, endpoint, profile, timeout);
  }

  /**
   * A client that makes calls as this says, none of which takes for ever.
   *
   * @throws LogSenseException (usage) when there is no region, or there are no credentials
   */
  <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
    DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
    builder
        .httpClientBuilder(
            Apache5HttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
        .overrideConfiguration(
            overrides ->
                overrides
                    .apiCallTimeout(timeout)
                    .retryStrategy(
                        DefaultRetryStrategy.standardStrategyBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build()));
    if (region != null) {
      builder.region(Region.of(region));
    }
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (profile != null) {
      credentials.profileName(profile);
    }
    try {
      DefaultCredentialsProvider provider = credentials.build();
      provider.resolveCredentials();
      return builder.credentialsProvider(provider).build();
    } catch (SdkException e) {
      throw new LogSenseException(Category.USAGE, "AWS cannot be asked: " + e.getMessage(), e);
    }
  }

  /** The region; empty when it is left to the environment. */
  String region() {
    return region == null ? "" : region;
  }

  /**
   * What a failed call means: an {@link IOException} to throw when it may succeed later.
   *
   * @param what was read or written, for the message
   * @param right the permission that the call needs, such as {@code logs:FilterLogEvents}
   * @throws LogSenseException (external, usage) when trying again is no use
   * @throws InterruptedIOException when the thread was interrupted; its flag is set
   */
  static IOException failure(SdkException e, String what, String right)
      throws InterruptedIOException {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + what);
    }
    if (!(e instanceof AwsServiceException service)
        || service.isThrottlingException()
        || service.retryable()
        || service.statusCode() >= 500
        || service.statusCode() == 429) {
      return new IOException(what + ": " + e.getMessage(), e);
    }
    AwsErrorDetails details = service.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    String problem =
        switch (code) {
          case "AccessDenied", "AccessDeniedException", "AuthorizationError", "Forbidden" ->
              "access is denied; it needs " + right;
          case "ResourceNotFoundException", "NoSuchBucket", "NoSuchKey", "NotFound" ->
              "there is no such thing in this region and account";
          default -> "refused";
        };
    boolean usage = code.startsWith("InvalidParameter") || code.startsWith("InvalidArgument");
    throw new LogSenseException(
        usage ? Category.USAGE : Category.EXTERNAL,
        what + ": " + problem + " (" + e.getMessage() + ")",
        e);
  }
}
