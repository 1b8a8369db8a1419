package io.logsense.api.triage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a group. Changes are kept for good; the last one of a group holds.
 *
 * @param id derived from all the rest, such as {@code sc1:8e1f…}
 * @param group id of the group, as it was when this was decided
 * @param status from then on
 * @param version where it is {@link GroupStatus#RESOLVED}, the version it was fixed in; else empty
 * @param until where it is {@link GroupStatus#IGNORED}, how long; else null
 * @param versions in which the group had been seen by then; where that matters, else empty
 * @param who decided, as the application names people; {@code logsense} for what events decided
 * @param when it was decided; later than all changes of the group before
 * @param why in the words of the person; may be empty
 */
public record StatusChange(
    String id,
    String group,
    GroupStatus status,
    String version,
    @Nullable Until until,
    List<String> versions,
    String who,
    Instant when,
    String why) {

  /** Copies the list. */
  public StatusChange {
    versions = List.copyOf(versions);
  }
}
