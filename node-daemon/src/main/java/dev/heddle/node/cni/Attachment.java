package dev.heddle.node.cni;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod's interface as the base plugin has just made it: what ADD and CHECK are about.
 *
 * @param netns the sandbox's network namespace, a path to bind or enter
 * @param mac the hardware address of the interface inside the sandbox, null when the base plugin gives none
 * @param hostDevices candidates for the host side, in the base plugin's order; may be empty
 * @param addresses the interface's addresses, IPv4 and IPv6, without their prefix lengths
 */
public record Attachment(
        AttachmentId id,
        Path netns,
        PodRef pod,
        @Nullable String mac,
        List<HostDevice> hostDevices,
        List<InetAddress> addresses) {
    public Attachment {
        hostDevices = List.copyOf(hostDevices);
        addresses = List.copyOf(addresses);
    }
}
