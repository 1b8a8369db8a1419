package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.template.TemplateMiner;
import io.logsense.internal.template.SignatureTemplateMiner;

/** Miners of message templates. */
public final class TemplateMiners {
  private static final int MOST_TEMPLATES = 500_000;

  private TemplateMiners() {}

  /** An empty miner of scheme {@code tm1} that keeps up to 10,000 templates. */
  public static TemplateMiner bySignature() {
    return bySignature(Limits.defaults().templates());
  }

  /**
   * An empty miner of scheme {@code tm1} that keeps up to {@code maxTemplates} templates and
   * assigns what is left to the catch-all {@code <*>}.
   *
   * @param maxTemplates 1 to {@value #MOST_TEMPLATES}
   * @throws LogSenseException (usage) when {@code maxTemplates} is out of range
   */
  public static TemplateMiner bySignature(int maxTemplates) {
    if (maxTemplates < 1 || maxTemplates > MOST_TEMPLATES) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "maxTemplates is "
              + maxTemplates
              + "; give 1 to "
              + MOST_TEMPLATES
              + ", or leave it out for the default");
    }
    return new SignatureTemplateMiner(maxTemplates);
  }
}
