package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/** Brings the frames of one language into their normal form. Used by many threads. */
interface FrameNames {
  /** The frame in its normal form; of origin {@link FrameOrigin#GLUE} when it says nothing. */
  NormalFrame frame(String className, String method, @Nullable String file);

  /** The type of a throwable in its normal form. */
  default String type(String type) {
    return type;
  }

  /** Whether a throwable of that type only carries another one. */
  default boolean isTransparent(String type) {
    return false;
  }
}
