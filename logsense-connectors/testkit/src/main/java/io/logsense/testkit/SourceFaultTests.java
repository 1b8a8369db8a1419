package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.logsense.api.source.Checkpoint;
import io.logsense.testkit.Faults.Fault;
import io.logsense.testkit.SourceContract.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a source must do when the connection or the system fails; skipped where nothing can. */
abstract class SourceFaultTests extends SourceFixture {
  private static final int POLLS = 3;
  private static final long PAUSE_NANOS = 10_000_000;

  SourceFaultTests() {}

  @Test
  void aServerThatCannotBeReachedIsAnErrorAndNoHang() throws Exception {
    writeLines(partition(), 3);
    Faults faults = Assume.faults(faults(), Fault.REFUSED);
    faults.inject(Fault.REFUSED);

    assertThatThrownBy(
            () -> {
              try (Reading reading = reading(Checkpoint.START)) {
                for (int i = 0; i < POLLS; i++) {
                  reading.poll(Reading.PATIENCE);
                }
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void afterConnectionsWereRefusedNothingIsMissing() throws Exception {
    assertSurvives(Fault.REFUSED);
  }

  @Test
  void afterASilenceNothingIsMissing() throws Exception {
    assertSurvives(Fault.SILENT);
  }

  @Test
  void afterAResetInMidPageNothingIsMissing() throws Exception {
    assertSurvives(Fault.RESET);
  }

  @Test
  void afterAnAnswerWasCutNothingIsMissing() throws Exception {
    assertSurvives(Fault.CUT);
  }

  @Test
  void ofASlowAnswerNothingIsMissing() throws Exception {
    assertSurvives(Fault.SLOW);
  }

  @Test
  void afterTooManyCallsNothingIsMissing() throws Exception {
    assertSurvives(Fault.THROTTLED);
  }

  @Test
  void afterAFailureOfTheServerNothingIsMissing() throws Exception {
    assertSurvives(Fault.FAILED);
  }

  @Test
  void whatIsDeliveredTwiceHasOneOffset() throws Exception {
    assertSurvives(Fault.DUPLICATED);
  }

  /** It may be left out or delivered as it is; what stands around it comes all the same. */
  @Test
  void whatIsNoRecordStopsNothing() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.POISONED);
    List<String> expected = new ArrayList<>(writeLines(partition(), 30));
    faults.inject(Fault.POISONED);
    List<String> behind = lines("behind", 30);
    write(partition(), bytes(behind));
    expected.addAll(behind);

    List<String> texts = new ArrayList<>();
    for (Delivered record : read(partition(), Checkpoint.START, expected.size())) {
      try {
        texts.add(new String(written(record.bytes()), StandardCharsets.UTF_8));
      } catch (RuntimeException e) {
        texts.add("no record: " + e);
      }
    }
    texts.retainAll(expected);
    assertSame("around what is no record", texts, expected);
    faults.heal();
  }

  /** The same reader goes on, and so does another that is opened where it stood. */
  private void assertSurvives(Fault fault) throws Exception {
    Faults faults = Assume.faults(faults(), fault);
    writeLines(partition());
    List<Delivered> all = new ArrayList<>();
    List<Delivered> others = new ArrayList<>();
    Checkpoint stood;
    try (Reading reading = reading(Checkpoint.START)) {
      while (all.isEmpty()) {
        all.addAll(reading.more(deadline(), 0));
      }
      faults.inject(fault);
      for (int i = 0; i < POLLS && all.size() < records(); i++) {
        all.addAll(attempt(reading, all.size()));
      }
      faults.heal();
      stood = reading.position();
      others.addAll(all);
      goOn(reading, all);
    }
    if (can(Capability.REPLAY)) {
      try (Reading another = reading(stood)) {
        goOn(another, others);
      }
      List<Delivered> undisturbed = read(partition(), Checkpoint.START, records());
      assertSame("by the same reader", once(all), undisturbed);
      assertSame("by another reader", once(others), undisturbed);
    } else {
      assertSame("after the fault", written(once(all)), lines(partition(), records()));
    }
  }

  private void goOn(Reading reading, List<Delivered> all) throws Exception {
    long end = System.nanoTime() + deadline().toNanos();
    while (once(all).size() < records()) {
      List<Delivered> some = attempt(reading, once(all).size());
      all.addAll(some);
      if (some.isEmpty() && System.nanoTime() > end) {
        fail("nothing more came within " + deadline() + " after the fault had ended");
      }
    }
  }

  /** A poll that may fail; the end may not come before all is read. */
  private List<Delivered> attempt(Reading reading, int seen) throws Exception {
    try {
      return reading.more(Reading.PATIENCE, seen);
    } catch (IOException e) {
      LockSupport.parkNanos(PAUSE_NANOS);
      return List.of();
    }
  }
}
