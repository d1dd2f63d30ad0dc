package dev.heddle.node.source;

import dev.heddle.node.cni.CniResults;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import dev.heddle.node.store.AttachmentFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the interfaces of pods that were there before this daemon: from its own files, and, for pods that started before
 * Heddle was on the node, from the results that the runtime keeps of every CNI ADD (libcni's cache).
 */
public final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final HostDevices devices;
    private final AttachmentFiles files;
    private final Path results;

    public Adoption(HostDevices devices, AttachmentFiles files, Path results) {
        this.devices = devices;
        this.files = files;
        this.results = results;
    }

    /** Takes over what an earlier daemon kept, but for devices that are gone. */
    public void fromFiles(World world) {
        for (AttachmentFiles.Kept kept : files.read()) {
            if (devices.isThere(kept.attached())) {
                world.pods().attached(kept.attached(), kept.pod());
            } else {
                files.remove(kept.attached());
            }
        }
    }

    /** Takes over pods that have an address but no interface we know of, and forgets interfaces whose device is gone. */
    public void fromRuntime(World world) {
        for (PodInterface attached : List.copyOf(world.pods().interfaces())) {
            if (!devices.isThere(attached)) {
                try (About _ = About.object("Pod", attached.namespace(), attached.pod())) {
                    LOG.info("device {} of pod {}/{} is gone", attached.device(), attached.namespace(), attached.pod());
                }
                world.pods().detached(attached.id());
                files.remove(attached);
            }
        }
        List<OwnPod> strangers = world.pods().pods().stream()
                .filter(pod ->
                        !pod.hostNetwork() && !pod.finished() && !pod.address().isEmpty())
                .filter(pod -> world.pods().interfaces().stream()
                        .noneMatch(attached -> attached.namespace().equals(pod.namespace())
                                && attached.pod().equals(pod.name())))
                .toList();
        if (strangers.isEmpty()) {
            return;
        }
        List<PodInterface> kept = CniResults.read(results).stream()
                .map(devices::resolve)
                .flatMap(Optional::stream)
                .toList();
        for (OwnPod pod : strangers) {
            kept.stream()
                    .filter(attached -> attached.namespace().equals(pod.namespace())
                            && attached.pod().equals(pod.name())
                            && pod.isAt(attached.addresses()))
                    .findFirst()
                    .ifPresent(attached -> {
                        try (About _ = About.object("Pod", pod.namespace(), pod.name())) {
                            LOG.info(
                                    "pod {}/{} was here first; device {}",
                                    pod.namespace(),
                                    pod.name(),
                                    attached.device());
                        }
                        world.pods().attached(attached, pod);
                        files.write(attached, pod);
                    });
        }
    }
}
