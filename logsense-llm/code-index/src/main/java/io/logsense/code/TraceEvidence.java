package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.event.ThrownError;
import io.logsense.code.TracePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a trace and the index say about blocks. */
final class TraceEvidence {
  /** Callees of these many methods of the trace are looked at, and types of these many. */
  private static final int MOST_CALLERS = 8;

  private static final int MOST_TYPES = 3;

  /** A name that so many methods have names none. */
  private static final int MOST_NAMESAKES = 4;

  /** A throw statement may begin some lines before the line of the frame. */
  private static final int THROW_LINES = 3;

  private final TableIndex index;
  private final BlockTable table;
  private final TracePath path;
  private final Map<Integer, Evidence> found = new LinkedHashMap<>();

  TraceEvidence(TableIndex index, ThrownError error) {
    this.index = index;
    table = index.table();
    path = TracePath.of(error, index);
  }

  List<Evidence> gather() {
    int working = 0;
    List<Step> steps = path.steps();
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
      if (i < MOST_CALLERS) {
        noteCallees(step, i);
      }
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
    boolean isThrow = throwsAt(step) >= 0;
    if (step.isThrowPoint() && step.error() == 0) {
      evidence.note(Fact.THROW_POINT, 1, "first of your code where the root cause was thrown");
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
      int callers = index.calls(table.name[step.block()]);
      evidence.note(
          Fact.SHARED_GUARD,
          guard * Math.min(1, Math.log1p(callers) / Math.log(100)),
          "throws for " + callers + " callers");
    }
    if (position > 0 && guard == 0 && work(step.block()) <= 1 && table.lines(step.block()) <= 6) {
      evidence.note(Fact.DELEGATE, 1, "only hands on");
    }
  }

  /** How much a block looks like a check or a report, in [0, 1]. */
  private double guard(Step step) {
    int thrown = throwsAt(step);
    return thrown < 0 && !makesError(step)
        ? 0
        : 1 / (1 + work(step.block()) / 4.0 + table.lines(step.block()) / 40.0);
  }

  /** The throw statement of the line, -1 for none. */
  private int throwsAt(Step step) {
    int found = -1;
    for (int m = first(step.block()); m < end(step.block()); m++) {
      int lines = step.line() - table.mentionLine(step.block(), m);
      if (table.kind(m) == Kind.THROW && lines >= 0 && lines <= THROW_LINES) {
        found = m;
      }
    }
    return found;
  }

  /** Whether the line makes an object of the type that was thrown. */
  private boolean makesError(Step step) {
    String type = path.errors().get(step.error()).type();
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    int text = table.texts.find(simple);
    for (int m = first(step.block()); text >= 0 && m < end(step.block()); m++) {
      int lines = step.line() - table.mentionLine(step.block(), m);
      if (table.kind(m) == Kind.CREATION
          && table.mentionText[m] == text
          && lines >= 0
          && lines <= THROW_LINES) {
        return true;
      }
    }
    return false;
  }

  /** Calls that are not made to throw. */
  private int work(int block) {
    int work = 0;
    for (int m = first(block); m < end(block); m++) {
      Kind kind = table.kind(m);
      boolean works = kind == Kind.CALL || kind == Kind.CREATION;
      work += works && !isInThrow(block, table.mentionLine(block, m)) ? 1 : 0;
    }
    return work;
  }

  private boolean isInThrow(int block, int line) {
    for (int m = first(block); m < end(block); m++) {
      int lines = line - table.mentionLine(block, m);
      if (table.kind(m) == Kind.THROW && lines >= 0 && lines <= THROW_LINES) {
        return true;
      }
    }
    return false;
  }

  private void noteCallees(Step step, int position) {
    double nearness = 1.0 / (1 + position);
    String caller = table.texts.get(table.name[step.block()]);
    for (int m = first(step.block()); m < end(step.block()); m++) {
      int line = table.mentionLine(step.block(), m);
      boolean calls = table.kind(m) == Kind.CALL || table.kind(m) == Kind.CREATION;
      if (calls && line <= step.line()) {
        int[] callees = callees(step.block(), m);
        for (int callee : callees) {
          Evidence evidence = evidence(callee, table.start[callee]);
          double value = nearness / callees.length;
          evidence.note(Fact.CALLED_BEFORE, value, "called by " + caller + " on line " + line);
          if (line == step.line()) {
            evidence.note(Fact.CALLED_ON_LINE, value, "called on line " + line + " of the trace");
          }
        }
      }
    }
  }

  /**
   * The blocks that a call may mean: in the type, else in the file, else in the package, else
   * anywhere.
   */
  private int[] callees(int caller, int mention) {
    boolean creates = table.kind(mention) == Kind.CREATION;
    int name = creates ? table.texts.find(CodeBlock.CONSTRUCTOR) : table.mentionText[mention];
    int arity = table.mentionArity(mention);
    int[] scopes = new int[4];
    List<int[]> all = new ArrayList<>();
    if (name < 0) {
      return new int[0];
    }
    String type = creates ? createdType(caller, mention) : "";
    for (int block : index.ofName(name)) {
      boolean fits =
          (arity == CodeMention.UNKNOWN_ARITY || table.arity[block] == arity)
              && (!creates || isType(block, type));
      if (fits && block != caller) {
        int scope = scope(caller, block);
        scopes[scope]++;
        all.add(new int[] {block, scope});
      }
    }
    int nearest = 0;
    while (nearest < 3 && scopes[nearest] == 0) {
      nearest++;
    }
    if (scopes[nearest] > MOST_NAMESAKES) {
      return new int[0];
    }
    int chosen = nearest;
    return all.stream().filter(each -> each[1] == chosen).mapToInt(each -> each[0]).toArray();
  }

  private String createdType(int caller, int mention) {
    String type = table.texts.get(table.mentionText[mention]);
    String owner = table.texts.get(table.owner[caller]);
    return type.equals("this")
        ? owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1)
        : type;
  }

  private boolean isType(int block, String simpleName) {
    String owner = table.texts.get(table.owner[block]);
    int start = owner.length() - simpleName.length();
    return owner.endsWith(simpleName) && (start == 0 || ".$".indexOf(owner.charAt(start - 1)) >= 0);
  }

  private int scope(int caller, int block) {
    if (table.owner[caller] == table.owner[block]) {
      return 0;
    }
    int file = table.file(caller);
    int other = table.file(block);
    if (file == other) {
      return 1;
    }
    String a = table.path(file);
    String b = table.path(other);
    return a.substring(0, a.lastIndexOf('/') + 1).equals(b.substring(0, b.lastIndexOf('/') + 1))
        ? 2
        : 3;
  }

  private boolean isNewType(List<Step> steps, int at) {
    int owner = table.owner[steps.get(at).block()];
    return steps.subList(0, at).stream().noneMatch(step -> table.owner[step.block()] == owner);
  }

  private void noteType(Step step, int number) {
    String type = table.texts.get(table.owner[step.block()]);
    for (int block : index.ofType(table.owner[step.block()])) {
      evidence(block, table.start[block])
          .note(Fact.SAME_TYPE, 1.0 / (1 + number), "in " + type + ", which is in the trace");
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
    String name = table.texts.get(table.name[block]);
    if (name.equals(CodeBlock.CONSTRUCTOR) || name.equals(CodeBlock.STATIC_INITIALIZER)) {
      evidence.note(Fact.INITIALIZER, 1, "an initializer");
    }
    String type = path.errors().get(0).type();
    int text =
        table.texts.find(
            type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1));
    for (int m = first(block); text > 0 && m < end(block); m++) {
      if (table.kind(m) == Kind.THROW && table.mentionText[m] == text) {
        evidence.note(Fact.THROWS_TYPE, 1, "can throw " + type);
      }
    }
  }

  private int first(int block) {
    return table.blockMentions[block];
  }

  private int end(int block) {
    return table.blockMentions[block + 1];
  }
}
