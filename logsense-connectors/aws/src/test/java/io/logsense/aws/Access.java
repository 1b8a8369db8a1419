package io.logsense.aws;

import java.net.URI;
import java.time.Duration;

/** How tests reach what stands for AWS. */
final class Access {
  static final String REGION = "eu-west-1";
  static final String SECRET = "hidden-secret-of-tests";

  static {
    System.setProperty("aws.accessKeyId", "AKIDTEST");
    System.setProperty("aws.secretAccessKey", SECRET);
    // As JSON, for servers that know no CBOR.
    System.setProperty("aws.cborEnabled", "false");
  }

  private Access() {}

  static AwsAccess to(URI endpoint) {
    return AwsAccess.DEFAULT.region(REGION).endpoint(endpoint).timeout(Duration.ofSeconds(2));
  }
}
