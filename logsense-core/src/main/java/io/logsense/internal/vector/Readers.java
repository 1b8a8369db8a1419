package io.logsense.internal.vector;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The searches under way, each with the version it sees; tells the writer when nobody can meet a
 * removed slot any more.
 *
 * <p>Epoch-based reclamation (K. Fraser, <em>Practical lock-freedom</em>, 2004). A reader announces
 * a version, then reads the current one; a writer publishes a version, then looks for readers of
 * older ones. Both steps of both are volatile and so totally ordered: either the writer sees the
 * announcement and waits, or the reader sees the new version and with it everything that was
 * unlinked before.
 *
 * <p>There are as many readers as there ever were searches at the same time; each keeps its scratch
 * space for the next search.
 */
final class Readers {
  private static final long IDLE = Long.MAX_VALUE;
  private static final long PAUSE_NANOS = 20_000;
  private static final int SPINS = 200;

  private final AtomicReference<@Nullable Reader> head = new AtomicReference<>();
  private volatile long version;

  /** One search after the other. */
  final class Reader implements AutoCloseable {
    final BeamSearch search = new BeamSearch();
    private final AtomicLong announced = new AtomicLong(IDLE);
    private @Nullable Reader next;
    private long sees;

    /** The version that this search sees. */
    long sees() {
      return sees;
    }

    private boolean enter() {
      if (announced.get() != IDLE || !announced.compareAndSet(IDLE, version)) {
        return false;
      }
      sees = version;
      return true;
    }

    @Override
    public void close() {
      announced.set(IDLE);
    }
  }

  long version() {
    return version;
  }

  /** Makes {@code version}, and all that was written before, visible to searches that begin. */
  void publish(long version) {
    this.version = version;
  }

  /** Begins a search; close it. */
  Reader enter() {
    while (true) {
      for (Reader reader = head.get(); reader != null; reader = reader.next) {
        if (reader.enter()) {
          return reader;
        }
      }
      Reader reader = new Reader();
      do {
        reader.next = head.get();
      } while (!head.compareAndSet(reader.next, reader));
    }
  }

  /** Returns when no search that began before the current version is under way. */
  void awaitOlder() {
    for (Reader reader = head.get(); reader != null; reader = reader.next) {
      for (int spins = 0; reader.announced.get() < version; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }
}
