package io.logsense.internal.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of a miner, version 1.
 *
 * <p>Numbers are LEB128 ({@code n}), hashes eight bytes with the highest first ({@code h}), texts a
 * length and that many UTF-16 units as {@code n}:
 *
 * <pre>
 * "LSTM"  version (one byte, 1)
 * n count of the catch-all
 * n templates, each:  h founder   n successor + 1, or 0   n count
 * n groups, each:
 *   n length
 *   per position:     n 1 if wildcard, + 2 if listed in the index   n texts   h each
 *   n founders, each: h per position
 *   n members, each:  n template   per position: h token   h shown   text
 * n signatures, each: h key   n template
 * CRC-32C of all bytes before it (four bytes, the highest first)
 * </pre>
 *
 * <p>Templates are numbered from 0 in the order of the first list; a successor of -1 (stored as the
 * number of templates + 1) is the catch-all.
 */
final class Snapshots {
  static final byte[] MAGIC = "LSTM".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;

  private Snapshots() {}

  /** What a snapshot holds; templates are numbered from {@code base} on. */
  static final class Content {
    final long catchAllCount;
    final List<Learned> templates;
    final List<Group> groups;
    final long[] keys;
    final int[] values;

    Content(
        long catchAllCount,
        List<Learned> templates,
        List<Group> groups,
        long[] keys,
        int[] values) {
      this.catchAllCount = catchAllCount;
      this.templates = templates;
      this.groups = groups;
      this.keys = keys;
      this.values = values;
    }
  }

  static byte[] write(List<Group> groups, List<Learned> learned, SignatureCache cache) {
    SnapshotOutput out = new SnapshotOutput();
    for (byte b : MAGIC) {
      out.octet(b);
    }
    out.octet(VERSION);
    out.number(learned.get(0).count());
    int templates = learned.size() - 1;
    out.number(templates);
    for (Learned template : learned.subList(1, learned.size())) {
      Learned current = template.current();
      out.hash(template.founder);
      out.number(current == template ? 0 : current.number == 0 ? templates + 1 : current.number);
      out.number(template.count());
    }
    out.number(groups.size());
    for (Group group : groups) {
      write(out, group);
    }
    int signatures = 0;
    for (int i = 0; i < SignatureCache.ENTRIES; i++) {
      signatures += cache.numberAt(i) > 0 ? 1 : 0;
    }
    out.number(signatures);
    for (int i = 0; i < SignatureCache.ENTRIES; i++) {
      if (cache.numberAt(i) > 0) {
        out.hash(cache.keyAt(i));
        out.number(cache.numberAt(i) - 1);
      }
    }
    return out.sealed();
  }

  private static void write(SnapshotOutput out, Group group) {
    out.number(group.length);
    for (int i = 0; i < group.length; i++) {
      out.number((group.wild[i] ? 1 : 0) + (group.listed[i] ? 2 : 0));
      out.number(group.texts[i].length);
      for (long text : group.texts[i]) {
        out.hash(text);
      }
    }
    out.number(group.founders.size());
    for (long[] founder : group.founders) {
      for (long token : founder) {
        out.hash(token);
      }
    }
    out.number(group.members.size());
    for (Learned member : group.members) {
      out.number(member.number - 1);
      for (int i = 0; i < group.length; i++) {
        out.hash(member.tokens[i]);
        out.hash(member.shown[i]);
        out.text(member.words[i]);
      }
    }
  }

  /**
   * Reads a snapshot whole before anything of it is used.
   *
   * @param base the number of the first template read
   * @param catchAll what templates without a home are redirected to
   */
  static Content read(byte[] snapshot, int base, Learned catchAll) {
    SnapshotInput in = new SnapshotInput(snapshot);
    long catchAllCount = in.number();
    int templates = in.size(10);
    long[] founders = new long[templates];
    int[] successors = new int[templates];
    long[] counts = new long[templates];
    for (int i = 0; i < templates; i++) {
      founders[i] = in.hash();
      successors[i] = in.upTo(templates + 1);
      counts[i] = in.number();
    }
    Map<Integer, Learned> byNumber = new HashMap<>();
    List<Group> groups = new ArrayList<>();
    int groupCount = in.size(3);
    for (int g = 0; g < groupCount; g++) {
      groups.add(readGroup(in, g, base, founders, counts, byNumber));
    }
    List<Learned> all = new ArrayList<>();
    for (int i = 0; i < templates; i++) {
      Learned template = byNumber.get(i);
      if (template == null) {
        template =
            new Learned(base + i, founders[i], null, new long[0], new String[0], new long[0]);
        template.add(counts[i]);
      }
      all.add(template);
    }
    for (int i = 0; i < templates; i++) {
      if (successors[i] == i + 1 || (successors[i] == 0) != byNumber.containsKey(i)) {
        throw in.damaged();
      }
      if (successors[i] > templates) {
        all.get(i).successor = catchAll;
      } else if (successors[i] > 0) {
        if (!byNumber.containsKey(successors[i] - 1)) {
          throw in.damaged();
        }
        all.get(i).successor = all.get(successors[i] - 1);
      }
    }
    int signatures = in.size(9);
    long[] keys = new long[signatures];
    int[] values = new int[signatures];
    for (int i = 0; i < signatures; i++) {
      keys[i] = in.hash();
      values[i] = base + in.upTo(templates - 1);
    }
    in.end();
    return new Content(catchAllCount, all, groups, keys, values);
  }

  private static Group readGroup(
      SnapshotInput in,
      int number,
      int base,
      long[] founders,
      long[] counts,
      Map<Integer, Learned> byNumber) {
    int length = in.upTo(MaskedLine.MAX_TOKENS + 1);
    if (length == 0) {
      throw in.damaged();
    }
    Group group = new Group(number, length);
    for (int i = 0; i < length; i++) {
      int flags = in.upTo(3);
      group.wild[i] = (flags & 1) != 0;
      group.listed[i] = (flags & 2) != 0;
      long[] row = new long[in.size(8)];
      if (row.length == 0) {
        throw in.damaged();
      }
      for (int k = 0; k < row.length; k++) {
        row[k] = in.hash();
      }
      group.texts[i] = row;
    }
    int founderCount = in.size(8L * length);
    for (int k = 0; k < founderCount; k++) {
      long[] founder = new long[length];
      for (int i = 0; i < length; i++) {
        founder[i] = in.hash();
      }
      group.founders.add(founder);
    }
    int memberCount = in.size(17L * length);
    for (int k = 0; k < memberCount; k++) {
      int template = in.upTo(founders.length - 1);
      long[] tokens = new long[length];
      long[] shown = new long[length];
      String[] words = new String[length];
      for (int i = 0; i < length; i++) {
        tokens[i] = in.hash();
        shown[i] = in.hash();
        words[i] = in.text();
      }
      Learned member =
          new Learned(base + template, founders[template], group, tokens, words, shown);
      member.add(counts[template]);
      if (byNumber.put(template, member) != null) {
        throw in.damaged();
      }
      group.members.add(member);
    }
    return group;
  }
}
