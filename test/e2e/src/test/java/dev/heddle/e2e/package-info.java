/**
 * The whole chain on a real cluster: objects are applied as a user applies them, and connections between
 * real pods show what is enforced. Needs KUBECONFIG of a cluster that runs Heddle; never looks inside the
 * operator or the daemon.
 */
@NullMarked
package dev.heddle.e2e;

import org.jspecify.annotations.NullMarked;
