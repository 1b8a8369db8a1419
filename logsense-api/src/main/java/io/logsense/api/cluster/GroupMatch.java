package io.logsense.api.cluster;

import io.logsense.api.group.Group;

/**
 * A group that a search found.
 *
 * @param group as it was last added
 * @param score how well it answers, in [0, 1]
 */
public record GroupMatch(Group group, double score) {}
