package dev.heddle.node.source;

import dev.heddle.node.cni.Attachment;
import dev.heddle.node.cni.HostDevice;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PodAddresses;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the host side of a pod's interface. A veth has its peer in another namespace, so its {@code iflink} differs
 * from its own number; a bridge's does not. Source: Documentation/ABI/testing/sysfs-class-net.
 */
public record HostDevices(Path sysfs) {

    /** Where the kernel shows this network namespace's devices. */
    public static final Path SYSFS = Path.of("/sys/class/net");

    /** The interface as the daemon knows it; empty when none of the devices named is the pod's host side. */
    public Optional<PodInterface> resolve(Attachment attachment) {
        List<Address> addresses = attachment.addresses().stream()
                .filter(address -> !(address instanceof Inet6Address && address.isLinkLocalAddress()))
                .map(Address::of)
                .toList();
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        for (HostDevice device : attachment.hostDevices()) {
            Optional<Integer> ifindex = vethIndex(device.name());
            if (ifindex.isPresent()) {
                String mac = attachment.mac() == null
                        ? ""
                        : attachment.mac().replace(":", "").toLowerCase(Locale.ROOT);
                return Optional.of(new PodInterface(
                        attachment.id().containerId(),
                        attachment.id().ifName(),
                        attachment.pod().namespace(),
                        attachment.pod().name(),
                        attachment.pod().uid(),
                        ifindex.get(),
                        device.name(),
                        PodAddresses.of(addresses),
                        mac.length() == 12 ? mac : "",
                        attachment.netns().toString()));
            }
        }
        return Optional.empty();
    }

    /** Whether a device of this number is still there under its name. */
    public boolean isThere(PodInterface attached) {
        return vethIndex(attached.device())
                .filter(index -> index == attached.ifindex())
                .isPresent();
    }

    private Optional<Integer> vethIndex(String device) {
        if (device.isEmpty() || device.contains("/") || device.startsWith(".")) {
            return Optional.empty();
        }
        try {
            int own = number(sysfs.resolve(device).resolve("ifindex"));
            int peer = number(sysfs.resolve(device).resolve("iflink"));
            return own == peer ? Optional.empty() : Optional.of(own);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int number(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }
}
