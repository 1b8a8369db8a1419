package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A wrapped appender that stands still until it is opened, like a disk or a network. */
final class Gate extends BareAppender {
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final Collection<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  @Override
  public void doAppend(ILoggingEvent event) {
    reached.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.add(event);
  }

  /** Waits until the first event stands before the gate. */
  void awaitFirst() throws InterruptedException {
    reached.await();
  }

  void open() {
    open.countDown();
  }

  List<ILoggingEvent> events() {
    return List.copyOf(events);
  }
}
