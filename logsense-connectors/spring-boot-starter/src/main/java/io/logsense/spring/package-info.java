/** LogSense in a Spring Boot application, without any configuration. */
@NullMarked
package io.logsense.spring;

import org.jspecify.annotations.NullMarked;
