package io.logsense.internal.source;

import java.util.ArrayDeque;
import java.util.Queue;

/** Time that passes only in waits; each wait first does the next thing that was planned. */
final class ManualPause implements Pause {
  private final Queue<Action> actions = new ArrayDeque<>();
  private long now = 1;
  private int waits;

  interface Action {
    void run() throws Exception;
  }

  /** Does {@code action} in the next wait that has nothing else to do. */
  ManualPause then(Action action) {
    actions.add(action);
    return this;
  }

  int waits() {
    return waits;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void await(long nanos) {
    now += nanos;
    waits++;
    Action action = actions.poll();
    if (action != null) {
      try {
        action.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void end() {}
}
