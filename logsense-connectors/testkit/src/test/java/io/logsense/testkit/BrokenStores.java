package io.logsense.testkit;

import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stores with one mistake each. */
final class BrokenStores {
  private BrokenStores() {}

  /** A store that does what another does, but for what is overridden. */
  static class Store implements LogStore {
    private final InMemoryLogStore memory;

    Store(InMemoryLogStore memory) {
      this.memory = memory;
    }

    @Override
    public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
      return memory.append(events, checkpoints);
    }

    @Override
    public Map<String, Checkpoint> checkpoints() {
      return memory.checkpoints();
    }

    @Override
    public List<StoredEvent> find(EventQuery query) {
      return memory.find(query);
    }

    @Override
    public long count(EventQuery query) {
      return memory.count(query);
    }

    @Override
    public Map<String, Long> countByGroup(EventQuery query) {
      return memory.countByGroup(query);
    }

    @Override
    public void regroup(Map<String, String> groups) {
      memory.regroup(groups);
    }

    @Override
    public long remove(EventQuery query) {
      return memory.remove(query);
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  abstract static class Broken extends LogStoreContract {
    InMemoryLogStore memory = new InMemoryLogStore();
    int opened;

    abstract LogStore tampered();

    @Override
    protected LogStore open() {
      opened++;
      memory = memory.reopened();
      return tampered();
    }
  }

  static class WritesEventByEvent extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
          long fresh = 0;
          for (StoredEvent stored : events) {
            fresh += memory.append(List.of(stored), Map.of());
          }
          memory.append(List.of(), checkpoints);
          return fresh;
        }
      };
    }
  }

  static class WritesCheckpointsAfterwards extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
          long fresh = memory.append(events, Map.of());
          memory.append(List.of(), checkpoints);
          return fresh;
        }
      };
    }
  }

  /** It knows the ids that it has written itself. */
  static class ForgetsIdsWhenReopened extends Broken {
    @Override
    LogStore tampered() {
      String suffix = "/" + opened;
      return new Store(memory) {
        @Override
        public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
          return memory.append(
              events.stream()
                  .map(e -> new StoredEvent(e.id() + suffix, e.group(), e.event(), e.stackTrace()))
                  .toList(),
              checkpoints);
        }
      };
    }
  }

  static class TakesPercentForAWildcard extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public List<StoredEvent> find(EventQuery query) {
          String like = query.text().orElse("");
          Pattern pattern =
              Pattern.compile(
                  ".*"
                      + Pattern.quote(like).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q")
                      + ".*",
                  Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
          return memory.find(EventQuery.all()).stream()
              .filter(stored -> pattern.matcher(stored.event().message()).matches())
              .toList();
        }
      };
    }
  }

  static class FoldsTheCaseOfAllAlphabets extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public List<StoredEvent> find(EventQuery query) {
          String text = query.text().orElse("").toLowerCase(Locale.ROOT);
          return memory.find(EventQuery.all()).stream()
              .filter(e -> e.event().message().toLowerCase(Locale.ROOT).contains(text))
              .toList();
        }
      };
    }
  }

  static class CountsNoMoreThanTheLimit extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public long count(EventQuery query) {
          return find(query).size();
        }
      };
    }
  }

  static class RegroupsOneAfterTheOther extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public void regroup(Map<String, String> groups) {
          groups.forEach((from, to) -> memory.regroup(Map.of(from, to)));
        }
      };
    }
  }

  static class EndsStringsAtNul extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public List<StoredEvent> find(EventQuery query) {
          return memory.find(query).stream().map(this::cut).toList();
        }

        private StoredEvent cut(StoredEvent stored) {
          String message = stored.event().message();
          int nul = message.indexOf('\0');
          return nul < 0
              ? stored
              : SampleEvents.of(stored.id(), stored.group(), 0, message.substring(0, nul));
        }
      };
    }
  }

  /** It looks for the subject where queries look for texts, and as it stands. */
  static class ForgetsInMessagesAlone extends Broken {
    static final class Forgetful extends Store implements Purgeable {
      Forgetful(InMemoryLogStore memory) {
        super(memory);
      }

      @Override
      public long mentions(Subject subject) {
        return count(EventQuery.all().text(subject.identifier()));
      }

      @Override
      public long purge(Subject subject) {
        return remove(EventQuery.all().text(subject.identifier()));
      }
    }

    @Override
    LogStore tampered() {
      return new Forgetful(memory);
    }
  }

  static class AnswersThoughItIsClosed extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory) {
        @Override
        public void close() {}
      };
    }
  }

  static class HasNoMistake extends Broken {
    @Override
    LogStore tampered() {
      return new Store(memory);
    }
  }

  static class IsGoneWhenItIsClosed extends LogStoreContract {
    @Override
    protected LogStore open() {
      return new InMemoryLogStore();
    }

    @Override
    protected boolean isDurable() {
      return false;
    }
  }

  /** It writes one by one, lists what comes, and hides nothing. */
  static class DocumentByDocument extends DocumentStoreContract {
    private InMemoryDocumentStore store = new InMemoryDocumentStore();

    @Override
    protected DocumentStore open() {
      store = store.reopened();
      InMemoryDocumentStore memory = store;
      return new DocumentStore() {
        @Override
        public void put(Collection<Document> documents) {
          documents.forEach(document -> memory.put(List.of(document)));
        }

        @Override
        public Optional<Document> get(String kind, String id) {
          return memory.get(kind, id);
        }

        @Override
        public List<Document> list(String kind) {
          List<Document> documents = new ArrayList<>(memory.list(kind));
          documents.sort((a, b) -> a.id().compareToIgnoreCase(b.id()));
          return Collections.unmodifiableList(documents);
        }

        @Override
        public boolean remove(String kind, String id) {
          return memory.remove(kind, id);
        }

        @Override
        public void close() {
          memory.close();
        }
      };
    }
  }
}
