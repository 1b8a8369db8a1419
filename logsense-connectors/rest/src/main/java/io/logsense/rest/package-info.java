/** Sources of log systems that are asked over HTTP, in JSON. */
@NullMarked
package io.logsense.rest;

import org.jspecify.annotations.NullMarked;
