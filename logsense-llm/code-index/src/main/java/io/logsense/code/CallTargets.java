package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeMention.Kind;
import java.util.ArrayList;
import java.util.List;

/** Which blocks a call may mean, by name and number of arguments. */
final class CallTargets {
  /** A name that so many methods have names none. */
  private static final int MOST_NAMESAKES = 4;

  private final TableIndex index;
  private final BlockTable table;

  CallTargets(TableIndex index) {
    this.index = index;
    table = index.table();
  }

  /**
   * The blocks that a call may mean: in the type, else in the file, else in the package, else
   * anywhere.
   */
  int[] of(int caller, int mention) {
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
    return type.equals("this") ? simpleName(owner) : type;
  }

  /** The last part of a type's name. */
  static String simpleName(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
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
}
