/** Contract tests of the SPIs, for those who implement them, and assertions about logs. */
module io.logsense.testkit {
  requires transitive io.logsense.api;
  requires jdk.httpserver;
  requires transitive org.assertj.core;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;

  exports io.logsense.testkit;

  // JUnit runs the tests that others inherit.
  opens io.logsense.testkit to
      org.junit.platform.commons;
}
