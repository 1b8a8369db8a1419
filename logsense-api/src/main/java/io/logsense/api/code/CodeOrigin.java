package io.logsense.api.code;

/**
 * Which source code: everything that one {@link CodeIndex} describes.
 *
 * @param repository name or address of the repository, or the folder; empty when unknown
 * @param version the version it was released as; empty when unknown
 * @param commit full id of the commit; empty for a folder that is under no version control
 */
public record CodeOrigin(String repository, String version, String commit) {
  /** An origin of which nothing is known. */
  public static final CodeOrigin UNKNOWN = new CodeOrigin("", "", "");
}
