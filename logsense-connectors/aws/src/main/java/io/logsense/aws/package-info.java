/** Logs in CloudWatch: with the AWS SDK for Java. */
@NullMarked
package io.logsense.aws;

import org.jspecify.annotations.NullMarked;
