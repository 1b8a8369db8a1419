package io.logsense.spring;

import io.logsense.api.finding.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The latest findings, newest first; at most {@value #MOST}. Thread-safe. */
final class RecentFindings implements Consumer<Finding> {
  private static final int MOST = 100;

  private final Deque<Finding> findings = new ArrayDeque<>();

  @Override
  public synchronized void accept(Finding finding) {
    findings.addFirst(finding);
    if (findings.size() > MOST) {
      findings.removeLast();
    }
  }

  synchronized List<Finding> newestFirst() {
    return List.copyOf(findings);
  }
}
