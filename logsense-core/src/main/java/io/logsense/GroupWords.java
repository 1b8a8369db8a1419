package io.logsense;

import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import java.util.Locale;

/** Whether a group is about a subject, by the words of its title, template, place and types. */
final class GroupWords {
  private static final String[] AUTHENTICATION = {
    "authentic",
    "authoriz",
    "unauthor",
    "login",
    "logon",
    "log in",
    "logged in",
    "sign-in",
    "sign in",
    "password",
    "credential",
    "access denied",
    "permission denied",
    "forbidden",
    "invalid token",
    "token expired",
    "expired token",
    "token has expired",
    "jwt",
    "oauth",
    "saml",
    "ldap",
    "kerberos",
    "invalid user",
    "invalid session",
    "bad certificate",
    "401",
    "403"
  };
  private static final String[] DATABASE = {
    "query",
    "queries",
    "sql",
    "database",
    "jdbc",
    "hibernate",
    "hikari",
    "statement",
    "datasource",
    "data source",
    "connection pool",
    "connectionpool",
    "deadlock",
    "lock wait",
    "postgres",
    "mysql",
    "mariadb",
    "oracle",
    "mongo",
    "redis",
    "cassandra",
    "select ",
    "insert into",
    "delete from",
    "jpa"
  };
  private static final String[] TIMEOUT = {
    "timeout",
    "time-out",
    "time out",
    "timed out",
    "timedout",
    "deadline exceeded",
    "wait time exceeded",
    "took too long",
    "not available, request timed"
  };

  private GroupWords() {}

  static boolean ofAuthentication(Group group) {
    return speaksOf(group, AUTHENTICATION);
  }

  static boolean ofDatabase(Group group) {
    return speaksOf(group, DATABASE);
  }

  static boolean ofTimeout(Group group) {
    return speaksOf(group, TIMEOUT);
  }

  private static boolean speaksOf(Group group, String[] words) {
    String text = text(group);
    for (String word : words) {
      int at = text.indexOf(word);
      while (at >= 0) {
        // A number is a word of its own, and "sql" is also the end of "mysql".
        boolean number = Character.isDigit(word.charAt(0));
        if (!number || isAlone(text, at, at + word.length())) {
          return true;
        }
        at = text.indexOf(word, at + 1);
      }
    }
    return false;
  }

  private static boolean isAlone(String text, int from, int to) {
    return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
        && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
  }

  private static String text(Group group) {
    StringBuilder text = new StringBuilder();
    text.append(group.title()).append('\n').append(group.template()).append('\n');
    text.append(group.representative().logger()).append('\n');
    StackTrace trace = group.representative().exception();
    for (ThrownError error = trace == null ? null : trace.error();
        error != null;
        error = error.cause()) {
      text.append(error.type()).append('\n');
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
