package io.logsense.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls what is tested, one call after the other, and fails when a call does not return: a plugin
 * that hangs is an answer, too. Each call has a thread of its own, which is given up when it hangs.
 */
final class Watch {
  private final Duration deadline;

  Watch(Duration deadline) {
    this.deadline = deadline;
  }

  interface Action {
    void run() throws Exception;
  }

  void run(String what, Action action) throws Exception {
    this.<Boolean>call(
        what,
        () -> {
          action.run();
          return true;
        });
  }

  <T> T call(String what, Callable<T> action) throws Exception {
    return start(what, action).get();
  }

  <T> Call<T> start(String what, Callable<T> action) {
    return new Call<>(what, action, deadline);
  }

  /** A call under way. */
  static final class Call<T> {
    private final String what;
    private final Duration deadline;
    private final FutureTask<T> task;
    private final Thread thread;

    Call(String what, Callable<T> action, Duration deadline) {
      this.what = what;
      this.deadline = deadline;
      task = new FutureTask<>(action);
      thread = new Thread(task, "contract-" + what);
      thread.setDaemon(true);
      thread.start();
    }

    /** Whether it returned within {@code time}. */
    boolean isDone(Duration time) throws InterruptedException {
      try {
        task.get(time.toNanos(), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        return true;
      }
    }

    /** Interrupts it, when it waits or, at the latest, after a second. */
    void interrupt() throws InterruptedException {
      for (int i = 0; i < 100 && !isWaiting() && !isDone(Duration.ofMillis(10)); i++) {
        Thread.onSpinWait();
      }
      thread.interrupt();
    }

    private boolean isWaiting() {
      Thread.State state = thread.getState();
      return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    /** What it answers, or throws. */
    T get() throws Exception {
      try {
        return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        AssertionError hung = new AssertionError(what + " did not return within " + deadline);
        hung.setStackTrace(thread.getStackTrace());
        thread.interrupt();
        throw hung;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception exception) {
          throw exception;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e;
      }
    }
  }
}
