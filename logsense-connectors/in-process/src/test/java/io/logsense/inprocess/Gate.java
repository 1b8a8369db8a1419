package io.logsense.inprocess;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A wrapped appender that stands still until it is opened, like a disk or a network. */
final class Gate implements Consumer<WrittenEvent> {
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final Collection<WrittenEvent> events = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(WrittenEvent event) {
    reached.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.add(event);
  }

  void awaitFirst() throws InterruptedException {
    reached.await();
  }

  void open() {
    open.countDown();
  }

  List<WrittenEvent> events() {
    return List.copyOf(events);
  }
}
