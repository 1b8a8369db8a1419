/** Logs in CloudWatch, Kinesis and S3, alerts to SNS: with the AWS SDK for Java. */
@NullMarked
package io.logsense.aws;

import org.jspecify.annotations.NullMarked;
