package dev.heddle.node.cni;

/**
 * What CNI calls an attachment: one interface of one sandbox. The pair is unique on a node.
 *
 * @param containerId {@code CNI_CONTAINERID}, the runtime's id of the sandbox
 * @param ifName {@code CNI_IFNAME}, the interface's name inside the sandbox
 */
public record AttachmentId(String containerId, String ifName) {
    @Override
    public String toString() {
        return containerId + "/" + ifName;
    }
}
