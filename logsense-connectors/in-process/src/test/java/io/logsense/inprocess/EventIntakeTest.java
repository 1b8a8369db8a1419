package io.logsense.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Fingerprinters;
import io.logsense.Limits;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventIntakeTest {
  private final List<Summary> summaries = Collections.synchronizedList(new ArrayList<>());
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private final AppenderOutlet outlet =
      new AppenderOutlet() {
        @Override
        public void write(Summary summary) {
          summaries.add(summary);
        }

        @Override
        public void warn(String problem, Throwable cause) {
          warnings.add(problem);
        }
      };
  private final EventIntake.Builder<Line> builder = EventIntake.builder(Line.READER);
  private EventIntake<Line> intake;

  @AfterEach
  void stop() {
    intake.stop(Duration.ofSeconds(30));
    intake.engine().close();
  }

  private void start() {
    intake = builder.build(outlet);
    intake.start();
  }

  /** The counts that the engine has when all is told. */
  private Map<String, Long> counts() {
    assertThat(intake.stop(Duration.ofSeconds(30))).isTrue();
    return intake.engine().snapshot().groups().stream()
        .collect(Collectors.toMap(Group::template, Group::count));
  }

  @Test
  void aStatementIsOneGroupWhateverItsArguments() {
    start();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(intake.add(Line.info("sold item {}", i)).group().id());
    }
    assertThat(ids).hasSize(1);
    assertThat(intake.count()).isEqualTo(1000);
    assertThat(counts().values()).containsExactly(1000L);
  }

  @Test
  void onlyTheFirstOfAGroupIsNew() {
    start();
    assertThat(intake.add(Line.info("sold item {}", 1)).isNew()).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(intake.add(Line.info("sold item {}", i)).isNew()).isFalse();
    }
  }

  @Test
  void aThrowableIsIdentifiedByItsFramesAsInText() {
    start();
    Throwable thrown = failure();
    LoggedGroup group = intake.add(Line.error("cannot sell {}", thrown)).group();
    assertThat(group.id())
        .isEqualTo(Fingerprinters.javaFrames().fingerprint(thrown).site().toString());
    for (int i = 0; i < 100; i++) {
      assertThat(intake.add(Line.error("cannot sell {}", thrown)).group()).isSameAs(group);
    }
    assertThat(group.count()).isEqualTo(101);
    assertThat(group.template()).isEqualTo("cannot sell {}");
  }

  private static Throwable failure() {
    return new IllegalStateException("no price", new IllegalArgumentException("4711"));
  }

  @Test
  void aFormatThatSaysNothingDoesNotPutProblemsTogether() {
    start();
    for (int i = 0; i < 200; i++) {
      intake.add(Line.info("{}", "cannot reach the warehouse"));
      intake.add(Line.info("{}", "payment was refused by bank"));
    }
    assertThat(counts())
        .containsEntry("cannot reach the warehouse", 200L)
        .containsEntry("payment was refused by bank", 200L);
  }

  @Test
  void aFormatOfSeveralProblemsIsLookedAtEventByEvent() {
    start();
    for (int i = 0; i < 200; i++) {
      intake.add(Line.info("failed: {}", "cannot reach the warehouse"));
      intake.add(Line.info("failed: {}", "payment was refused by bank"));
    }
    assertThat(counts())
        .containsEntry("failed: cannot reach the warehouse", 200L)
        .containsEntry("failed: payment was refused by bank", 200L);
  }

  @Test
  void messagesThatTheApplicationPutsTogetherPushNothingOut() {
    start();
    for (int i = 0; i < 20_000; i++) {
      intake.add(Line.info("put together for customer " + i, ""));
      if (i % 100 == 0) {
        intake.add(Line.info("sold item {}", i));
      }
    }
    assertThat(intake.count()).isEqualTo(20_200);
    assertThat(counts().values()).containsExactlyInAnyOrder(20_000L, 200L);
  }

  @Test
  void countsAreExactWhenManyThreadsCount() throws InterruptedException {
    start();
    int threads = 8;
    int events = 50_000;
    CountDownLatch ready = new CountDownLatch(threads);
    List<Thread> all = new ArrayList<>();
    Throwable thrown = failure();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                ready.countDown();
                for (int i = 0; i < events; i++) {
                  intake.add(
                      i % 2 == 0
                          ? Line.info("sold item {}", i)
                          : Line.error("cannot sell {}", thrown));
                }
              });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(intake.count()).isEqualTo(threads * events);
    assertThat(counts().values())
        .containsExactlyInAnyOrder(threads * events / 2L, threads * events / 2L);
    Map<Severity, Long> severities = intake.engine().snapshot().groups().get(0).severities();
    assertThat(severities).containsExactly(Map.entry(Severity.ERROR, threads * events / 2L));
  }

  @Test
  void groupsAreBoundedAndNothingIsLostBeyondThem() {
    builder.engine(engine -> engine.limits(Limits.builder().groups(10).build()));
    start();
    String[] things = {"apples", "pears", "plums", "nuts", "grapes", "figs", "dates", "melons"};
    long events = 0;
    for (String verb : List.of("sold", "counted", "lost", "ordered")) {
      for (String thing : things) {
        intake.add(Line.info("we have " + verb + " all of our " + thing + " today", ""));
        events++;
      }
    }
    assertThat(intake.count()).isEqualTo(events);
    Map<String, Long> counts = counts();
    assertThat(counts).hasSizeLessThanOrEqualTo(11);
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(events);
  }

  @Test
  void anArgumentThatFailsHurtsNobodyAndIsSaidOnce() {
    start();
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("hostile");
          }
        };
    assertThat(intake.add(Line.info("sold {}", hostile))).isNull();
    assertThat(intake.add(Line.info("sold {}", hostile))).isNull();
    assertThat(intake.failures()).isEqualTo(2);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aThreadThatIsInsideDoesNotEnterAgain() {
    start();
    Line event = Line.info("sold", "");
    List<String> handled = new ArrayList<>();
    Consumer<Line> inner = line -> handled.add("inner");
    for (int i = 0; i < 2; i++) {
      intake.guarded(
          event,
          line -> {
            handled.add("outer");
            intake.guarded(line, inner);
          });
    }
    assertThat(handled).containsExactly("outer", "outer");
    assertThat(intake.reentries()).isEqualTo(2);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void anotherIntakeGoesOnWhereTheFirstStopped() {
    start();
    for (int i = 0; i < 100; i++) {
      intake.add(Line.info("sold item {}", i));
    }
    intake.stop(Duration.ofSeconds(30));
    intake = builder.continuing(intake).build(outlet);
    intake.start();
    Sighting sighting = intake.add(Line.info("sold item {}", 1));
    assertThat(sighting.isNew()).isFalse();
    assertThat(sighting.group().count()).isEqualTo(101);
    assertThat(counts().values()).containsExactly(101L);
  }
}
