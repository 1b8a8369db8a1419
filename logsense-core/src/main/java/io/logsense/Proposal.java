package io.logsense;

import io.logsense.api.cluster.ClusterChange;
import java.util.function.BiConsumer;

/**
 * A change of clusters that was worked out and not yet made: look at the effect, then apply it or
 * let it go.
 */
public final class Proposal {
  private final ClusterChange effect;
  private final BiConsumer<String, String> apply;

  Proposal(ClusterChange effect, BiConsumer<String, String> apply) {
    this.effect = effect;
    this.apply = apply;
  }

  /** What would change, as of when this was proposed. */
  public ClusterChange effect() {
    return effect;
  }

  /**
   * Makes the change; it is on the disk when this returns, if there is a directory.
   *
   * @param who decides, as the application names people
   * @param why in the person's words; may be empty
   */
  public void apply(String who, String why) {
    apply.accept(who, why);
  }
}
