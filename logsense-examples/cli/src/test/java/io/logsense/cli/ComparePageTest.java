package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/compare.md shows is what its commands print. */
class ComparePageTest {
  private static final Path PAGE = Path.of("../../docs/compare.md");
  private static final String SAMPLE = "logsense-examples/sample/shop.log";

  @TempDir Path home;

  @Test
  void thePageShowsWhatItsCommandsPrint() throws IOException {
    List<String> blocks = Arrays.asList(Files.readString(PAGE).split("```"));
    int commands = 0;
    for (int i = 1; i < blocks.size(); i += 2) {
      if (blocks.get(i).startsWith("sh\nlogsense ")) {
        commands++;
        String command = blocks.get(i).substring("sh\nlogsense ".length()).strip();
        String[] args = command.replace(SAMPLE, Run.sample()).split(" ");
        assertThat(blocks.get(i + 2))
            .as(command)
            .isEqualTo("text\n" + Run.of(home, args).out().replace(Run.sample(), SAMPLE));
      }
    }
    assertThat(commands).isEqualTo(4);
  }
}
