/**
 * How pods reach the daemon: the socket that the chained plugin calls, the requests it sends, and Heddle's own
 * network configuration on the host. What an attachment needs in the kernel is not decided here but behind
 * {@link dev.heddle.node.cni.PodNetwork}.
 */
@NullMarked
package dev.heddle.node.cni;

import org.jspecify.annotations.NullMarked;
