package org.nightglass.embedded;

/** A small program that starts a registry, prints its process id, and waits to be killed. */
final class RegistryParent {
  private RegistryParent() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    System.out.println(registry.pid());
    System.out.flush();
    Thread.sleep(Long.MAX_VALUE);
  }
}
