package io.logsense.aws;

import io.logsense.testkit.Faults;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/** How tests reach what stands for AWS. */
final class Access {
  static final String REGION = "eu-west-1";
  static final String KEY = "AKIDTEST";
  static final String SECRET = "hidden-secret-of-tests";

  static {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
    // As JSON, for servers that know no CBOR.
    System.setProperty("aws.cborEnabled", "false");
    // As JSON, for servers that know no CBOR.
    System.setProperty("aws.cborEnabled", "false");
  }

  private Access() {}

  static AwsAccess to(URI endpoint) {
    return AwsAccess.DEFAULT.region(REGION).endpoint(endpoint);
  }

  /** For services where silence need not be tested: each time, it takes as long as a call may. */
  record WithoutSilence(Faults faults) implements Faults {
    @Override
    public Set<Fault> supported() {
      EnumSet<Fault> supported = EnumSet.copyOf(faults.supported());
      supported.remove(Fault.SILENT);
      return supported;
    }

    @Override
    public void inject(Fault fault) throws Exception {
      faults.inject(fault);
    }

    @Override
    public void heal() throws Exception {
      faults.heal();
    }
  }
}
