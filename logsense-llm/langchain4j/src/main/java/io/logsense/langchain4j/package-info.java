/** LangChain4j's models and stores for LogSense, and those of LogSense for LangChain4j. */
@NullMarked
package io.logsense.langchain4j;

import org.jspecify.annotations.NullMarked;
