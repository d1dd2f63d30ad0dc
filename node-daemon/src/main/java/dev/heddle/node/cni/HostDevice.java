package dev.heddle.node.cni;

import org.jspecify.annotations.Nullable;

/**
 * A device that the previous result names outside the sandbox: the pod's host side, but also bridges and the like.
 * Which of them is the veth peer of the pod's interface is for the kernel to say.
 *
 * @param name the device's name in the node's network namespace
 * @param mac its hardware address as text, null when the base plugin gives none
 */
public record HostDevice(String name, @Nullable String mac) {}
