package io.logsense.testkit;

import io.logsense.api.parse.LogParser;
import java.util.List;

class LevelParserTest extends ParserContract {
  @Override
  protected LogParser parser() {
    return new LevelParser();
  }

  @Override
  protected List<String> samples() {
    return List.of("INFO: order shipped", "ERROR: caf\u00E9 closed");
  }
}
