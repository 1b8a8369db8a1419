package io.logsense.code;

import io.logsense.api.event.ThrownError;
import io.logsense.code.TracePath.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a trace and the index say about blocks. */
final class TraceEvidence {
  /** Callees of these many methods of the trace are looked at, and types of these many. */
  private static final int MOST_CALLERS = 8;

  private static final int MOST_TYPES = 8;

  /** The names of these many methods of the trace, and of their types, say what it is about. */
  private static final int MOST_NAMED = 5;

  private final TableIndex index;
  private final BlockTable table;
  private final BlockShape shape;
  private final CallTargets targets;
  private final TracePath path;
  private final Map<Integer, Evidence> found = new LinkedHashMap<>();

  TraceEvidence(TableIndex index, ThrownError error) {
    this.index = index;
    table = index.table();
    shape = new BlockShape(table);
    targets = new CallTargets(index);
    path = TracePath.of(error, index);
  }

  List<Evidence> gather() {
    List<Step> steps = path.steps();
    noteSteps(steps);
    noteWords(steps);
    for (int i = 0; i < Math.min(MOST_CALLERS, steps.size()); i++) {
      noteCallees(steps.get(i), i);
    }
    for (int i = 0, types = 0; i < steps.size() && types < MOST_TYPES; i++) {
      if (isNewType(steps, i)) {
        noteType(steps.get(i), types++);
      }
    }
    for (ThrownError error : path.errors()) {
      if (error.message() != null) {
        noteSayers(index, error.message(), found);
      }
    }
    found.values().forEach(this::noteShape);
    return new ArrayList<>(found.values());
  }

  private void noteSteps(List<Step> steps) {
    int working = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      double guard = guard(step);
      noteStep(step, i, guard);
      if (guard < 0.5) {
        working++;
        evidence(step.block(), step.line())
            .note(
                Fact.NEAR_WORK,
                1.0 / working,
                "number " + working + " of those that do more than check");
      }
    }
  }

  /** Notes how much of what the trace is about each of its methods is about. */
  private void noteWords(List<Step> steps) {
    List<String> names = new ArrayList<>();
    for (Step step : steps.subList(0, Math.min(MOST_NAMED, steps.size()))) {
      names.add(table.texts.get(table.name[step.block()]));
      names.add(CallTargets.simpleName(table.texts.get(table.owner[step.block()])));
    }
    WordLikeness likeness = new WordLikeness(table, WordSet.of(names));
    double[] scores = steps.stream().mapToDouble(step -> likeness.of(step.block())).toArray();
    double best = Arrays.stream(scores).max().orElse(0);
    for (int i = 0; i < scores.length && best > 0; i++) {
      int block = steps.get(i).block();
      evidence(block, steps.get(i).line())
          .note(
              Fact.TRACE_WORDS,
              scores[i] / best,
              "about what the trace is about: " + likeness.shared(block));
    }
  }

  private Evidence evidence(int block, int line) {
    return found.computeIfAbsent(block, b -> new Evidence(b, line));
  }

  private void noteStep(Step step, int position, double guard) {
    Evidence evidence = evidence(step.block(), step.line());
    evidence.lookAt(step.line());
    evidence.note(Fact.IN_TRACE, 1, "in the trace at line " + step.line());
    evidence.note(
        Fact.NEAR_THROW,
        1.0 / (1 + position),
        "number " + (position + 1) + " of your methods in the trace");
    boolean isThrow = shape.throwsAt(step.block(), step.line());
    int before = shape.callsBefore(step.block(), step.line());
    evidence.note(
        Fact.WORK_BEFORE,
        Math.min(1, Math.log1p(before) / Math.log(20)),
        before + " calls before line " + step.line());
    if (step.isThrowPoint() && step.error() == 0) {
      if (!isThrow && !step.afterLibrary()) {
        evidence.note(Fact.FAILED_IN_PLACE, 1, "the runtime itself failed on line " + step.line());
      }
      if (step.afterLibrary()) {
        evidence.note(Fact.LIBRARY_THREW, 1, "a library called on line " + step.line() + " threw");
      }
    }
    if (step.error() > 0) {
      evidence.note(Fact.OUTER_CAUSE, 1, "only what wraps the root cause went through it");
    }
    if (guard > 0) {
      evidence.note(Fact.GUARD, guard, "throws on line " + step.line() + " and does little else");
    }
  }

  /** How much a block looks like a check or a report, in [0, 1]. */
  private double guard(Step step) {
    String type = CallTargets.simpleName(path.errors().get(step.error()).type());
    boolean isGuard =
        shape.throwsAt(step.block(), step.line()) || shape.makesAt(step.block(), step.line(), type);
    return isGuard ? shape.slightness(step.block()) : 0;
  }

  private void noteCallees(Step step, int position) {
    double nearness = 1.0 / (1 + position);
    String caller = table.texts.get(table.name[step.block()]);
    for (int m = shape.first(step.block()); m < shape.end(step.block()); m++) {
      int line = table.mentionLine(step.block(), m);
      if (shape.isCall(m) && line <= step.line()) {
        int[] callees = targets.of(step.block(), m);
        for (int callee : callees) {
          if (!isInTrace(callee)) {
            evidence(callee, table.start[callee])
                .note(
                    Fact.CALLED_BEFORE,
                    nearness / callees.length,
                    "called by " + caller + " on line " + line);
          }
        }
      }
    }
  }

  private boolean isInTrace(int block) {
    Evidence evidence = found.get(block);
    return evidence != null && evidence.has(Fact.IN_TRACE);
  }

  private boolean isNewType(List<Step> steps, int at) {
    int owner = table.owner[steps.get(at).block()];
    return steps.subList(0, at).stream().noneMatch(step -> table.owner[step.block()] == owner);
  }

  private void noteType(Step step, int number) {
    String type = table.texts.get(table.owner[step.block()]);
    for (int block : index.ofType(table.owner[step.block()])) {
      if (!isInTrace(block)) {
        evidence(block, table.start[block])
            .note(Fact.SAME_TYPE, 1.0 / (1 + number), "in " + type + ", which is in the trace");
      }
    }
  }

  /** Notes the blocks that say a message, by how much of it. */
  static void noteSayers(TableIndex index, String message, Map<Integer, Evidence> found) {
    int letters = Math.max(1, MessageText.letters(message));
    for (TableIndex.Sayer sayer : index.sayers(message)) {
      found
          .computeIfAbsent(sayer.block(), block -> new Evidence(block, sayer.line()))
          .note(
              Fact.SAYS_MESSAGE,
              Math.min(1, (double) sayer.letters() / letters),
              "says " + sayer.letters() + " letters of the message on line " + sayer.line());
    }
  }

  private void noteShape(Evidence evidence) {
    int block = evidence.block;
    int lines = table.lines(block);
    evidence.note(Fact.SIZE, Math.min(1, Math.log(lines) / Math.log(100)), lines + " lines long");
    String type = path.errors().get(0).type();
    if (shape.canThrow(block, CallTargets.simpleName(type))) {
      evidence.note(Fact.THROWS_TYPE, 1, "can throw " + type);
    }
  }
}
