package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.fingerprint.StackFingerprint;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatMemoTest {
  private final FrameFingerprints memory = new FrameFingerprints(List.of(), List.of(), List.of());

  private static FrameFingerprints forgetful() {
    return new FrameFingerprints(List.of(), List.of(), List.of());
  }

  private static Throwable thrown(Random random) {
    Throwable cause =
        random.nextBoolean() ? null : frames(new IllegalArgumentException("c"), random);
    Throwable t =
        random.nextBoolean()
            ? new IllegalStateException("m" + random.nextInt(), cause)
            : new RuntimeException("m", cause);
    return frames(t, random);
  }

  private static Throwable frames(Throwable t, Random random) {
    StackTraceElement[] frames = new StackTraceElement[random.nextInt(4)];
    for (int i = 0; i < frames.length; i++) {
      frames[i] =
          new StackTraceElement(
              "a.B" + random.nextInt(2), "m" + random.nextInt(2), "B.java", random.nextInt(2));
    }
    t.setStackTrace(frames);
    return t;
  }

  @Test
  void aRememberedAnswerIsTheOneThatWouldBeComputed() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Throwable t = thrown(random);
      StackFingerprint fresh = forgetful().of(t);
      assertThat(memory.of(t)).isEqualTo(fresh);
      assertThat(memory.of(t)).isEqualTo(fresh);
    }
  }

  @Test
  void aRepeatedThrowableGetsTheSameInstance() {
    Throwable[] same = new Throwable[2];
    for (int i = 0; i < 2; i++) {
      same[i] = new IllegalStateException("n" + i);
    }
    assertThat(memory.of(same[1])).isSameAs(memory.of(same[0]));
  }

  @Test
  void anotherMessageOfAThrowableWithoutFramesIsNotARepetition() {
    Throwable one = frames(new IllegalStateException("no such order"), new Zero());
    Throwable other = frames(new IllegalStateException("no such customer"), new Zero());
    assertThat(memory.of(other).strict()).isNotEqualTo(memory.of(one).strict());
  }

  static final class Zero extends Random {
    private static final long serialVersionUID = 1;

    @Override
    public int nextInt(int bound) {
      return 0;
    }
  }
}
