package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeMention;
import io.logsense.api.code.CodeOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks as columns of numbers, file by file; a block is its place in the columns.
 *
 * <p>Takes 30 bytes for a block, 7 for a mention, 16 for a file, and the texts.
 */
final class BlockTable {
  private static final CodeMention.Kind[] KINDS = CodeMention.Kind.values();

  /** Of all files; what they do not share is empty. */
  final CodeOrigin origin;

  final StringPool texts;

  /** By file: its origin, path, content id, and the first block; the last has one more. */
  private final CodeOrigin[] fileOrigin;

  final int[] filePath;

  final int[] fileContent;
  final int[] fileBlocks;

  /** By block; {@code blockMentions} has one more. */
  final int[] owner;

  final int[] name;
  final int[] signature;
  final int[] doc;
  final int[] start;
  final int[] end;
  final short[] arity;
  final int[] blockMentions;

  /** By mention: the lower half of its line, and its kind and arity in one number. */
  final int[] mentionText;

  private final char[] mentionLine;
  private final short[] mentionKind;

  private BlockTable(Builder b) {
    origin = b.origin;
    texts = b.texts;
    texts.trim();
    fileOrigin = b.fileOrigin.toArray(new CodeOrigin[0]);
    filePath = b.filePath.toArray();
    fileContent = b.fileContent.toArray();
    b.fileBlocks.add(b.owner.size());
    fileBlocks = b.fileBlocks.toArray();
    owner = b.owner.toArray();
    name = b.name.toArray();
    signature = b.signature.toArray();
    doc = b.doc.toArray();
    start = b.start.toArray();
    end = b.end.toArray();
    arity = b.arity.toShorts();
    b.blockMentions.add(b.mentionText.size());
    blockMentions = b.blockMentions.toArray();
    mentionText = b.mentionText.toArray();
    mentionLine = b.mentionLine.toChars();
    mentionKind = b.mentionKind.toShorts();
  }

  int files() {
    return filePath.length;
  }

  int blocks() {
    return owner.length;
  }

  CodeOrigin origin(int file) {
    return fileOrigin[file];
  }

  boolean isOfOneOrigin() {
    return Arrays.stream(fileOrigin).allMatch(origin::equals);
  }

  String path(int file) {
    return texts.get(filePath[file]);
  }

  /** The file of a block. */
  int file(int block) {
    int low = 0;
    int high = files() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (fileBlocks[middle] <= block) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  CodeMention.Kind kind(int mention) {
    return KINDS[mentionKind[mention] & 3];
  }

  int mentionArity(int mention) {
    return mentionKind[mention] >> 2;
  }

  /** The 1-based line of a mention; exact in blocks of up to 65,536 lines. */
  int mentionLine(int block, int mention) {
    return start[block] + (char) (mentionLine[mention] - start[block]);
  }

  boolean contains(int block, int line) {
    return line >= start[block] && line <= end[block];
  }

  int lines(int block) {
    return end[block] - start[block] + 1;
  }

  /** The block as an object. */
  CodeBlock block(int block) {
    List<CodeMention> mentions = new ArrayList<>();
    for (int m = blockMentions[block]; m < blockMentions[block + 1]; m++) {
      mentions.add(
          new CodeMention(
              kind(m), texts.get(mentionText[m]), mentionArity(m), mentionLine(block, m)));
    }
    int file = file(block);
    return CodeBlock.builder(
            path(file), texts.get(owner[block]), texts.get(name[block]), arity[block])
        .origin(fileOrigin[file])
        .words(texts.get(signature[block]), texts.get(doc[block]))
        .lines(start[block], end[block])
        .mentions(mentions)
        .build();
  }

  List<CodeBlock> blocksOf(int file) {
    List<CodeBlock> blocks = new ArrayList<>();
    for (int block = fileBlocks[file]; block < fileBlocks[file + 1]; block++) {
      blocks.add(block(block));
    }
    return blocks;
  }

  /** Fills the columns, file by file in the order of paths. */
  static final class Builder {
    private static final int MOST_ARITY = 255;

    private final CodeOrigin origin;
    private final StringPool texts = new StringPool();
    private final List<CodeOrigin> fileOrigin = new ArrayList<>();
    private final Numbers filePath = new Numbers();
    private final Numbers fileContent = new Numbers();
    private final Numbers fileBlocks = new Numbers();
    private final Numbers owner = new Numbers();
    private final Numbers name = new Numbers();
    private final Numbers signature = new Numbers();
    private final Numbers doc = new Numbers();
    private final Numbers start = new Numbers();
    private final Numbers end = new Numbers();
    private final Numbers arity = new Numbers();
    private final Numbers blockMentions = new Numbers();
    private final Numbers mentionText = new Numbers();
    private final Numbers mentionLine = new Numbers();
    private final Numbers mentionKind = new Numbers();

    private CodeOrigin from;

    Builder(CodeOrigin origin) {
      this.origin = origin;
      from = origin;
    }

    /** Says where the following files come from, if not from the origin of all. */
    void from(CodeOrigin newOrigin) {
      from = newOrigin;
    }

    void add(String path, String contentId, List<CodeBlock> blocks) {
      file(texts.add(path), texts.add(contentId));
      for (CodeBlock block : blocks) {
        block(
            texts.add(block.className()),
            texts.add(block.method()),
            block.arity(),
            texts.add(block.signature()),
            texts.add(block.doc()),
            block.startLine(),
            block.endLine());
        for (CodeMention mention : block.mentions()) {
          int line = Math.max(mention.line(), block.startLine());
          mention(mention.kind().ordinal(), mention.arity(), texts.add(mention.text()), line);
        }
      }
    }

    /** Adds a text for the following, which take their texts by number. */
    int text(byte[] utf8) {
      return texts.add(utf8);
    }

    /** Begins a file. */
    void file(int path, int contentId) {
      fileOrigin.add(from);
      filePath.add(path);
      fileContent.add(contentId);
      fileBlocks.add(owner.size());
    }

    /** Begins a block of the file. */
    void block(
        int ownerText,
        int nameText,
        int ofArity,
        int signatureText,
        int docText,
        int first,
        int last) {
      if (ofArity < 0 || first < 1 || last < first) {
        throw new IllegalArgumentException("no block has the lines " + first + " to " + last);
      }
      owner.add(ownerText);
      name.add(nameText);
      signature.add(signatureText);
      doc.add(docText);
      start.add(first);
      end.add(last);
      arity.add(Math.min(ofArity, MOST_ARITY));
      blockMentions.add(mentionText.size());
    }

    /** Adds to the block what it mentions. */
    void mention(int kind, int ofArity, int text, int line) {
      mentionText.add(text);
      mentionLine.add(line);
      mentionKind.add((Math.min(ofArity, MOST_ARITY) << 2) | kind);
    }

    BlockTable build() {
      return new BlockTable(this);
    }
  }
}
