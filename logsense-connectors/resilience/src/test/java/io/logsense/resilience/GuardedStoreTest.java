package io.logsense.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.ConnectorGuard;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.testkit.InMemoryLogStore;
import io.logsense.testkit.SampleEvents;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class GuardedStoreTest {
  private final Resilience resilience =
      Resilience.of(
          ResilienceSettings.builder()
              .pauses(Duration.ofMillis(1), Duration.ofMillis(1))
              .circuit(20, 90, Duration.ofSeconds(1))
              .build());
  private int failures = 2;

  @Test
  void everyCallIsMadeAgain() {
    InMemoryLogStore memory = new InMemoryLogStore();
    LogStore flaky =
        (LogStore)
            Proxy.newProxyInstance(
                LogStore.class.getClassLoader(),
                new Class<?>[] {LogStore.class},
                (proxy, method, arguments) -> {
                  if (failures-- > 0) {
                    throw new LogSenseException(Category.TRANSIENT, "busy");
                  }
                  return method.invoke(memory, arguments);
                });
    LogStore store = resilience.store(flaky);

    assertThat(store.append(List.of(), Map.of())).isZero();
    failures = 2;
    assertThat(store.checkpoints()).isEmpty();
    failures = 2;
    assertThat(store.find(EventQuery.all())).isEmpty();
    failures = 2;
    assertThat(store.count(EventQuery.all())).isZero();
    failures = 2;
    assertThat(store.countByGroup(EventQuery.all())).isEmpty();
    failures = 2;
    store.regroup(Map.of("a", "b"));
    assertThat(failures).isEqualTo(-1);
    failures = 2;
    assertThat(store.remove(EventQuery.all())).isZero();
  }

  @Test
  void aPurgeThatFailedHalfwayIsNotMadeAgainAndCountedAsNothing() {
    InMemoryLogStore memory = new InMemoryLogStore();
    Purgeable halfway =
        (Purgeable)
            Proxy.newProxyInstance(
                LogStore.class.getClassLoader(),
                new Class<?>[] {LogStore.class, Purgeable.class},
                (proxy, method, arguments) -> {
                  Object result = method.invoke(memory, arguments);
                  if (method.getName().equals("purge") && failures-- > 0) {
                    throw new LogSenseException(Category.TRANSIENT, "no room to compact");
                  }
                  return result;
                });
    Subject subject = Subject.of("jane.roe@example.com");
    memory.append(List.of(SampleEvents.of("e", "g", 1, "of " + subject.identifier())), Map.of());
    Purgeable store = (Purgeable) resilience.store((LogStore) halfway);
    failures = 1;

    assertThatThrownBy(() -> store.purge(subject)).hasMessage("no room to compact");
    assertThat(store.purge(subject)).isZero();
  }

  @Test
  void hostsFindIt() {
    assertThat(ServiceLoader.load(ConnectorGuard.class).findFirst())
        .get()
        .extracting(guard -> guard.guard(new InMemoryLogStore()))
        .isInstanceOf(GuardedStore.class);
  }

  @Test
  void anAlertIsDeliveredAgain() throws Exception {
    Notifier notifier =
        resilience.notifier(
            new Notifier() {
              @Override
              public String name() {
                return "pager";
              }

              @Override
              public void notify(Alert alert) throws IOException {
                if (failures-- > 0) {
                  throw new IOException("refused");
                }
              }
            });
    notifier.notify(new Alert("a1", Instant.EPOCH, "down", List.of()));
    assertThat(failures).isEqualTo(-1);
    assertThat(notifier.name()).isEqualTo("pager");
  }
}
