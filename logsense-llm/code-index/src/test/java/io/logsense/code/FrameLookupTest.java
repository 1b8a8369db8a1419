package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.StackFrame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameLookupTest {
  private static final String JOBS =
      """
      package com.shop;
      class Jobs {
        static final Runnable FIRST = () -> start();
        void run(int a) {
          submit(() -> work(a));
          new Thread() {
            @Override public void run() {
              work(3);
            }
          }.start();
        }
        void run(String a) {
          work(4);
        }
      }
      """;

  private static CodeIndex index;

  @BeforeAll
  static void makeIndex() throws IOException {
    MemoryTree tree =
        new MemoryTree()
            .with("a/src/com/shop/Jobs.java", JOBS)
            .with("b/src/com/other/Jobs.java", JOBS.replace("com.shop", "com.other"));
    index = CodeIndexer.standard().index(tree).index();
  }

  @Test
  void theLineChoosesAmongMethodsOfOneName() {
    assertThat(find("com.shop.Jobs", "run", "Jobs.java", 13)).isEqualTo("com.shop.Jobs#run/1 12");
    assertThat(find("com.other.Jobs", "run", "Jobs.java", 5)).isEqualTo("com.other.Jobs#run/1 4");
  }

  @Test
  void aLambdaIsPartOfTheMethodAroundIt() {
    assertThat(find("com.shop.Jobs", "lambda$run$0", "Jobs.java", 5))
        .isEqualTo("com.shop.Jobs#run/1 4");
    assertThat(find("com.shop.Jobs", "lambda$static$1", "Jobs.java", 3))
        .isEqualTo("com.shop.Jobs#<clinit>/0 3");
  }

  @Test
  void aLambdaWithoutALineIsFoundByTheMethodInItsName() {
    assertThat(find("com.shop.Jobs", "lambda$static$1", null, -1))
        .isEqualTo("com.shop.Jobs#<clinit>/0 3");
    assertThat(find("com.shop.Jobs", "lambda$run$0", null, -1)).isEqualTo("com.shop.Jobs#run/1 4");
  }

  @Test
  void anAnonymousTypeIsFoundByItsLineWhateverItsNumber() {
    assertThat(find("com.shop.Jobs$7", "run", "Jobs.java", 8)).isEqualTo("com.shop.Jobs$1#run/0 7");
  }

  @Test
  void aProxyLeadsToTheMethodItStandsFor() {
    assertThat(find("com.shop.Jobs$$SpringCGLIB$$0", "run", "<generated>", -1))
        .isEqualTo("com.shop.Jobs#run/1 4");
    assertThat(find("com.shop.Jobs", "access$000", "Jobs.java", 2)).isEmpty();
  }

  @Test
  void aLineOfAnotherVersionLeadsToTheNearestMethodOfTheName() {
    assertThat(find("com.shop.Jobs", "run", "Jobs.java", 99)).isEqualTo("com.shop.Jobs#run/1 12");
  }

  @Test
  void codeThatIsNotInTheIndexIsNotFound() {
    assertThat(find("com.third.Jobs", "run", "Jobs.java", 5)).isEmpty();
    assertThat(find("java.lang.Thread", "run", "Thread.java", 5)).isEmpty();
  }

  private static String find(String type, String method, @Nullable String file, int line) {
    return index
        .find(new StackFrame(type, method, file, line))
        .map(FrameLookupTest::name)
        .orElse("");
  }

  private static String name(CodeBlock block) {
    return block.symbol() + " " + block.startLine();
  }
}
