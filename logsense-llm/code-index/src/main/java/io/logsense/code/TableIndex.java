package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeMention.Kind;
import io.logsense.api.code.CodeOrigin;
import io.logsense.api.event.StackFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** An index over a {@link BlockTable}: blocks by type, by name and by what they say. */
final class TableIndex implements CodeIndex {
  private final BlockTable table;
  private final Postings byOwner;
  private final Postings byName;
  private final Postings filesByPath;

  private final FrameLookup frames;
  private final int[] messages;
  private final int[] messageKeys;

  TableIndex(BlockTable table) {
    this.table = table;
    int texts = table.texts.size();
    byOwner = new Postings(table.owner, texts);
    byName = new Postings(table.name, texts);
    filesByPath = new Postings(table.filePath, texts);
    int mentions = table.mentionText.length;
    frames = new FrameLookup(this);
    messages =
        IntStream.range(0, mentions)
            .filter(m -> table.kind(m) == Kind.MESSAGE)
            .map(m -> table.mentionText[m])
            .distinct()
            .sorted()
            .toArray();
    messageKeys =
        Arrays.stream(messages).map(text -> MessageText.key(table.texts.get(text))).toArray();
  }

  BlockTable table() {
    return table;
  }

  @Override
  public CodeOrigin origin() {
    return table.origin;
  }

  @Override
  public int size() {
    return table.blocks();
  }

  @Override
  public Optional<CodeBlock> find(StackFrame frame) {
    int block = frames.block(frame);
    return block < 0 ? Optional.empty() : Optional.of(table.block(block));
  }

  @Override
  public List<CodeBlock> named(String symbol) {
    int hash = symbol.lastIndexOf('#');
    if (hash < 0) {
      return List.of();
    }
    return Arrays.stream(ofType(symbol.substring(0, hash)))
        .mapToObj(table::block)
        .filter(block -> block.symbol().equals(symbol))
        .toList();
  }

  @Override
  public List<CodeBlock> in(String file) {
    int number = file(file);
    return number < 0 ? List.of() : table.blocksOf(number);
  }

  @Override
  public List<CodeBlock> saying(String text, int limit) {
    return sayers(text).stream()
        .sorted(Comparator.comparingInt((Sayer sayer) -> -sayer.letters()))
        .limit(limit)
        .map(sayer -> table.block(sayer.block()))
        .toList();
  }

  int block(StackFrame frame) {
    return frames.block(frame);
  }

  /** Blocks of a type, by its binary name. */
  int[] ofType(String className) {
    int text = table.texts.find(className);
    return text < 0 ? new int[0] : byOwner.of(text);
  }

  /** Blocks of a type, by the number of its name. */
  int[] ofType(int className) {
    return byOwner.of(className);
  }

  /** Blocks of a name, by the number of it. */
  int[] ofName(int name) {
    return byName.of(name);
  }

  /**
   * A block that says a message.
   *
   * @param block the block
   * @param line of the literal that says most of it
   * @param letters how many letters of the literal stand in the message
   */
  record Sayer(int block, int line, int letters) {}

  /** Blocks with a literal that is a part of {@code text}, in order. */
  List<Sayer> sayers(String text) {
    Map<Integer, Integer> letters = new HashMap<>();
    Set<Integer> words = MessageText.words(text);
    for (int i = 0; i < messages.length; i++) {
      if (messageKeys[i] == MessageText.NO_KEY || words.contains(messageKeys[i])) {
        List<String> pieces = MessageText.pieces(table.texts.get(messages[i]));
        int common = MessageText.lettersInCommon(pieces, text);
        if (common > 0) {
          letters.put(messages[i], common);
        }
      }
    }
    List<Sayer> found = new ArrayList<>();
    for (int block = 0; !letters.isEmpty() && block < table.blocks(); block++) {
      int best = 0;
      int line = 0;
      for (int m = table.blockMentions[block]; m < table.blockMentions[block + 1]; m++) {
        int common =
            table.kind(m) == Kind.MESSAGE ? letters.getOrDefault(table.mentionText[m], 0) : 0;
        if (common > best) {
          best = common;
          line = table.mentionLine(block, m);
        }
      }
      if (best > 0) {
        found.add(new Sayer(block, line, best));
      }
    }
    return found;
  }

  /** The file at a path, if its content has this id, else -1. */
  int file(String path, String contentId) {
    int file = file(path);
    boolean isSame = file >= 0 && table.texts.get(table.fileContent[file]).equals(contentId);
    return isSame ? file : -1;
  }

  private int file(String path) {
    int text = table.texts.find(path);
    int[] files = text < 0 ? new int[0] : filesByPath.of(text);
    return files.length == 0 ? -1 : files[0];
  }
}
