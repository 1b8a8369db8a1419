package io.logsense.aws;

import io.logsense.api.source.Archive;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps raw records as objects in a bucket, where an {@link S3Source} with that prefix and the
 * dates {@code yyyy/MM/dd/} reads them again.
 *
 * <p>They are not masked: give the bucket the protection that the logs themselves need. Needs the
 * right {@code s3:PutObject}.
 */
public final class S3Archive implements Archive {
  private final AwsAccess access;
  private final String bucket;
  private final String prefix;
  private final boolean pathStyle;

  private S3Archive(AwsAccess access, String bucket, String prefix, boolean pathStyle) {
    this.access = access;
    this.bucket = bucket;
    this.prefix = prefix;
    this.pathStyle = pathStyle;
  }

  /** An archive of objects whose keys begin with {@code prefix}. */
  public static S3Archive in(String bucket, String prefix, AwsAccess access) {
    return new S3Archive(access, bucket, prefix, false);
  }

  /** Whether the bucket stands in the path of addresses, not in their host; by default not. */
  public S3Archive pathStyle(boolean pathStyle) {
    return new S3Archive(access, bucket, prefix, pathStyle);
  }

  @Override
  public void keep(String name, byte[] gzip) throws IOException {
    // A file is kept every few seconds at most: nothing is held between two of them.
    try (S3Client client = access.client(S3Client.builder().forcePathStyle(pathStyle))) {
      client.putObject(
          request -> request.bucket(bucket).key(prefix + name).contentType("application/gzip"),
          RequestBody.fromBytes(gzip));
    } catch (SdkException e) {
      throw AwsAccess.failure(e, "s3://" + bucket + '/' + prefix + name, "s3:PutObject");
    }
  }
}
