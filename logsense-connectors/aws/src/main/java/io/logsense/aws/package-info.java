/** Logs in CloudWatch, Kinesis and S3: with the AWS SDK for Java. */
@NullMarked
package io.logsense.aws;

import org.jspecify.annotations.NullMarked;
