package io.logsense.code;

import io.logsense.api.code.CodeOrigin;
import java.util.List;

/** Takes files over from another table, each of its texts once. */
final class TableCopier {
  private final BlockTable from;
  private final BlockTable.Builder to;

  /** By number in the other table: one more than that in the new one, 0 when it is not there. */
  private final int[] numbers;

  TableCopier(BlockTable from, BlockTable.Builder to) {
    this.from = from;
    this.to = to;
    numbers = new int[from.texts.size()];
  }

  /** One table of the files of all, each from where it was. */
  static BlockTable joined(List<BlockTable> tables) {
    CodeOrigin common = tables.get(0).origin;
    for (BlockTable table : tables) {
      common =
          new CodeOrigin(
              same(common.repository(), table.origin.repository()),
              same(common.version(), table.origin.version()),
              same(common.commit(), table.origin.commit()));
    }
    BlockTable.Builder all = new BlockTable.Builder(common);
    for (BlockTable table : tables) {
      TableCopier copier = new TableCopier(table, all);
      for (int file = 0; file < table.files(); file++) {
        all.from(table.origin(file));
        copier.copy(file);
      }
    }
    return all.build();
  }

  private static String same(String a, String b) {
    return a.equals(b) ? a : "";
  }

  void copy(int file) {
    to.file(text(from.filePath[file]), text(from.fileContent[file]));
    for (int block = from.fileBlocks[file]; block < from.fileBlocks[file + 1]; block++) {
      to.block(
          text(from.owner[block]),
          text(from.name[block]),
          from.arity[block],
          text(from.signature[block]),
          text(from.doc[block]),
          from.start[block],
          from.end[block]);
      for (int m = from.blockMentions[block]; m < from.blockMentions[block + 1]; m++) {
        int line = from.mentionLine(block, m);
        to.mention(from.kind(m).ordinal(), from.mentionArity(m), text(from.mentionText[m]), line);
      }
    }
  }

  private int text(int number) {
    if (numbers[number] == 0) {
      numbers[number] = to.text(from.texts.utf8(number)) + 1;
    }
    return numbers[number] - 1;
  }
}
