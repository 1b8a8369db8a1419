package io.logsense.api.template;

import java.util.List;

/**
 * What a miner says about one message.
 *
 * @param template the template it belongs to, as of now
 * @param created whether this message founded the template
 * @param parameters the variable parts, from left to right
 */
public record TemplateMatch(Template template, boolean created, List<Parameter> parameters) {}
