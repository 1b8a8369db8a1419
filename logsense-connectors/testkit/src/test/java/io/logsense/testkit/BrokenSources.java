package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sources with one mistake each. */
final class BrokenSources {
  private BrokenSources() {}

  abstract static class Broken extends SourceContract {
    final InMemoryLogSource memory = InMemoryLogSource.of("orders", "payments");

    abstract LogSource tampered(LogSource source);

    @Override
    protected List<String> partitions() {
      return List.of("orders", "payments");
    }

    @Override
    protected void write(String partition, List<byte[]> records) throws Exception {
      memory.addBytes(partition, records);
    }

    @Override
    protected LogSource open(boolean follow) {
      return tampered(follow ? memory.following() : memory);
    }

    @Override
    protected Duration deadline() {
      return Duration.ofSeconds(2);
    }

    @Override
    protected Optional<Faults> faults() {
      return Optional.of(new Poisonous(memory));
    }
  }

  /** The faults of the memory, and a record that is none. */
  private record Poisonous(InMemoryLogSource memory) implements Faults {
    @Override
    public Set<Fault> supported() {
      Set<Fault> all = EnumSet.of(Fault.POISONED);
      all.addAll(memory.supported());
      return all;
    }

    @Override
    public void inject(Fault fault) {
      if (fault == Fault.POISONED) {
        memory.add("orders", "{\"no\": record");
      } else {
        memory.inject(fault);
      }
    }

    @Override
    public void heal() {
      memory.heal();
    }
  }

  /** Records of a batch, with some left out, repeated or changed. */
  interface Change {
    void copy(RecordBatch from, int i, RecordBuffer to);
  }

  static @Nullable RecordBatch changed(@Nullable RecordBatch batch, Change change) {
    if (batch == null) {
      return null;
    }
    RecordBuffer buffer = new RecordBuffer(1 << 20);
    for (int i = 0; i < batch.size(); i++) {
      change.copy(batch, i, buffer);
    }
    return buffer.batch();
  }

  static void copy(RecordBatch from, int i, RecordBuffer to) {
    to.add(Delivered.of(from, i).bytes(), from.offset(i), LogEvent.NO_TIMESTAMP);
  }

  static class LosesARecordAtTheBorderOfAPage extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return changed(
              reader.poll(timeout),
              (from, i, to) -> {
                if (i < 19) {
                  BrokenSources.copy(from, i, to);
                }
              });
        }
      };
    }
  }

  static class RepeatsARecordWhenResumed extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        public PartitionReader open(String partition, Checkpoint from) throws IOException {
          int at = from.value().isEmpty() ? 0 : Integer.parseInt(from.value());
          return super.open(partition, new Checkpoint(String.valueOf(Math.max(0, at - 1))));
        }
      };
    }
  }

  static class SkipsARecordWhenResumed extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        Checkpoint position(PartitionReader reader) {
          String value = reader.position().value();
          return new Checkpoint(
              value.equals("0") ? value : String.valueOf(Integer.parseInt(value) + 1));
        }
      };
    }
  }

  static class SwapsRecords extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return changed(
              reader.poll(timeout),
              (from, i, to) -> BrokenSources.copy(from, from.size() - 1 - i, to));
        }
      };
    }
  }

  /** It decodes a page once, and lends the same array to everyone. */
  static class ReliesOnWhatItLent extends Broken {
    @Nullable RecordBatch page;

    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          boolean first = reader.position().value().equals("0");
          RecordBatch batch = reader.poll(timeout);
          if (!first) {
            return batch;
          }
          page = page == null ? changed(batch, BrokenSources::copy) : page;
          return page;
        }
      };
    }
  }

  static class CountsOffsetsAnew extends Broken {
    long next;

    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return changed(
              reader.poll(timeout),
              (from, i, to) ->
                  to.add(Delivered.of(from, i).bytes(), next++, LogEvent.NO_TIMESTAMP));
        }
      };
    }
  }

  static class TakesAFailureForTheEnd extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws InterruptedException {
          try {
            return reader.poll(timeout);
          } catch (IOException e) {
            return null;
          }
        }
      };
    }
  }

  /** It asks for the next page before it knows that this one has come. */
  static class DropsThePageThatFailed extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        boolean failed;

        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          try {
            RecordBatch batch = reader.poll(timeout);
            if (failed) {
              failed = false;
              return changed(batch, (from, i, to) -> {});
            }
            return batch;
          } catch (IOException e) {
            failed = true;
            throw e;
          }
        }
      };
    }
  }

  static class TakesAThrottledCallForARefusal extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws InterruptedException {
          try {
            return reader.poll(timeout);
          } catch (IOException e) {
            throw new LogSenseException(LogSenseException.Category.EXTERNAL, "refused", e);
          }
        }
      };
    }
  }

  static class HangsWhenNothingComes extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return reader.poll(Duration.ofDays(1));
        }
      };
    }
  }

  static class IgnoresInterrupts extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout) throws IOException {
          long end = System.nanoTime() + timeout.toNanos();
          while (true) {
            try {
              return reader.poll(Duration.ofNanos(end - System.nanoTime()));
            } catch (InterruptedException e) {
              LockSupport.parkNanos(1_000_000);
            }
          }
        }
      };
    }
  }

  static class HasACheckpointOfTwoKibibytes extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        Checkpoint position(PartitionReader reader) {
          return new Checkpoint("%02048d".formatted(Long.parseLong(reader.position().value())));
        }
      };
    }
  }

  static class HasACheckpointThatCannotBePrinted extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        Checkpoint position(PartitionReader reader) {
          return new Checkpoint("\0" + reader.position().value());
        }
      };
    }
  }

  static class ListsPartitionsInAnyOrder extends Broken {
    int calls;

    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        public List<String> partitions() throws IOException {
          List<String> partitions = new ArrayList<>(source.partitions());
          Collections.rotate(partitions, calls++);
          return partitions;
        }
      };
    }
  }

  static class DropsAPageForOneThatIsNoRecord extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          RecordBatch batch = reader.poll(timeout);
          boolean poisoned = false;
          for (int i = 0; batch != null && i < batch.size(); i++) {
            poisoned |= Delivered.of(batch, i).text().startsWith("{");
          }
          return poisoned ? changed(batch, (from, i, to) -> {}) : batch;
        }
      };
    }
  }

  static class TakesBytesForText extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return changed(
              reader.poll(timeout),
              (from, i, to) ->
                  to.add(
                      new String(Delivered.of(from, i).bytes(), StandardCharsets.UTF_8),
                      from.offset(i),
                      LogEvent.NO_TIMESTAMP));
        }
      };
    }
  }

  static class LeavesOutEmptyRecords extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
            throws IOException, InterruptedException {
          return changed(
              reader.poll(timeout),
              (from, i, to) -> {
                if (from.length(i) > 0) {
                  BrokenSources.copy(from, i, to);
                }
              });
        }
      };
    }
  }

  static class GoesOnAfterItWasClosed extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        void close(PartitionReader reader) {}
      };
    }
  }

  static class NeverEnds extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(memory.following());
    }
  }

  static class ShowsItsPassword extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        public String id() {
          return "memory://anna:hunter2@here";
        }
      };
    }

    @Override
    protected Set<String> secrets() {
      return Set.of("hunter2");
    }
  }

  static class ClaimsThatItCannotReadAgain extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source) {
        @Override
        public boolean replayable() {
          return false;
        }
      };
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of(Capability.BOUNDED, Capability.FOLLOW, Capability.EXACT_RESUME);
    }
  }

  static class FollowsThoughItSaysItCannot extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return source;
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of(Capability.BOUNDED, Capability.REPLAY);
    }
  }

  static class HasNoMistake extends Broken {
    @Override
    LogSource tampered(LogSource source) {
      return new Tampered(source);
    }

    @Override
    protected Duration deadline() {
      return Duration.ofSeconds(30);
    }
  }
}
