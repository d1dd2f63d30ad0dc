/**
 * All native access of Heddle: small typed objects over descriptors and mapped memory, each of which closes itself.
 * Nothing outside this package and its children sees a MemorySegment or a file descriptor. It knows Linux, and nothing
 * of policy or Kubernetes.
 */
@NullMarked
package dev.heddle.node.ffm;

import org.jspecify.annotations.NullMarked;
