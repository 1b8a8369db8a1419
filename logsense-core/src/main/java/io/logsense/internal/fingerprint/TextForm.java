package io.logsense.internal.fingerprint;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Throwables parsed from one text, with the frames put back that the text left out.
 *
 * <p>{@code ... 12 more} says that the last twelve frames are those of the enclosing throwable.
 * Where the outermost throwable itself was shortened, the text began with the root cause, and the
 * frames are those of the cause. Where the other throwable has fewer frames than were left out, the
 * text does not hold them, and nothing is put back.
 */
final class TextForm implements ThrowableForm<ThrownError, List<StackFrame>> {
  private final IdentityHashMap<ThrownError, List<StackFrame>> expanded = new IdentityHashMap<>();

  TextForm(ThrownError outermost) {
    List<ThrownError> chain = new ArrayList<>();
    for (ThrownError e = outermost; e != null && chain.size() < Chain.LONGEST; e = e.cause()) {
      chain.add(e);
    }
    int last = chain.size() - 1;
    if (outermost.framesInCommon() > 0 && last > 0 && chain.get(last).framesInCommon() == 0) {
      for (int i = last - 1; i >= 0; i--) {
        expand(chain.get(i), chain.get(i + 1));
      }
    } else {
      for (int i = 1; i <= last; i++) {
        expand(chain.get(i), chain.get(i - 1));
      }
    }
  }

  private void expand(ThrownError shortened, ThrownError whole) {
    List<StackFrame> tail = frames(whole);
    int common = shortened.framesInCommon();
    if (common > 0 && common <= tail.size()) {
      List<StackFrame> all = new ArrayList<>(shortened.frames());
      all.addAll(tail.subList(tail.size() - common, tail.size()));
      expanded.put(shortened, all);
    }
  }

  @Override
  public String type(ThrownError throwable) {
    return throwable.type();
  }

  @Override
  public @Nullable String message(ThrownError throwable) {
    return throwable.message();
  }

  @Override
  public @Nullable ThrownError cause(ThrownError throwable) {
    return throwable.cause();
  }

  @Override
  public @Nullable ThrownError suppressed(ThrownError throwable, int index) {
    return index < throwable.suppressed().size() ? throwable.suppressed().get(index) : null;
  }

  @Override
  public List<StackFrame> frames(ThrownError throwable) {
    List<StackFrame> frames = expanded.get(throwable);
    return frames == null ? throwable.frames() : frames;
  }

  @Override
  public int count(List<StackFrame> frames) {
    return frames.size();
  }

  @Override
  public String className(List<StackFrame> frames, int index) {
    return frames.get(index).className();
  }

  @Override
  public String method(List<StackFrame> frames, int index) {
    return frames.get(index).method();
  }

  @Override
  public @Nullable String file(List<StackFrame> frames, int index) {
    return frames.get(index).file();
  }

  @Override
  public int line(List<StackFrame> frames, int index) {
    int line = frames.get(index).line();
    return line < 0 && line != StackFrame.NATIVE_LINE ? StackFrame.UNKNOWN_LINE : line;
  }
}
