/**
 * What the build runs once inside the node daemon's image, so that the JVM can keep the daemon's classes loaded and
 * linked in the image (JEP 514). It needs no root, no BPF and no cluster: it plays the API server itself. It belongs
 * here to touch what every start touches; nothing at run time uses it.
 */
@NullMarked
package dev.heddle.node.rehearsal;

import org.jspecify.annotations.NullMarked;
