package io.logsense.code;

import io.logsense.api.code.ParsedSource;
import java.util.List;

/** Reads files of one language in one way. */
interface BlockReader {
  /** A file to read: its path and its text. */
  record Input(String path, SourceText text) {}

  /** What each file has, in the order of the files. May fail on hostile text. */
  List<ParsedSource> read(List<Input> files);
}
