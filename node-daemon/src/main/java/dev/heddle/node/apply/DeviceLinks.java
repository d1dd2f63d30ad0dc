package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfLink;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.LinkInfo;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.ffm.bpf.TcxPlace;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.LinkState;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pinned tcx links of pods' devices. */
final class DeviceLinks implements DevicePrograms {

    private static final Pattern NAME = Pattern.compile("(from_pod|to_pod)-(\\d{1,10})");

    private final Pins pins;
    private final Map<Hook, BpfProgram> programs;

    DeviceLinks(Pins pins, Map<Hook, BpfProgram> programs) {
        this.pins = pins;
        this.programs = Map.copyOf(programs);
    }

    @Override
    public Map<DeviceLink, LinkState> read() {
        Map<DeviceLink, LinkState> found = new HashMap<>();
        for (String name : pins.list()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                Hook hook = matcher.group(1).equals(Hook.FROM_POD.program()) ? Hook.FROM_POD : Hook.TO_POD;
                DeviceLink link = new DeviceLink(Integer.parseInt(matcher.group(2)), hook);
                found.put(link, state(link));
            }
        }
        return found;
    }

    @Override
    public void attach(DeviceLink link) {
        String pin = pin(link);
        if (pins.exists(pin)) {
            try (BpfLink pinned = BpfLink.openPinned(pins.path(pin))) {
                if (isOn(pinned.info(), link)) {
                    pinned.update(program(link.hook()));
                    return;
                }
            }
            pins.remove(pin);
        }
        // First in: nobody before us can let a packet pass, and nobody sees one that we drop.
        try (BpfLink fresh =
                BpfLink.attachTcx(program(link.hook()), link.ifindex(), type(link.hook()), TcxPlace.first())) {
            fresh.pin(pins.path(pin));
        }
    }

    @Override
    public void detach(DeviceLink link) {
        pins.remove(pin(link));
    }

    private LinkState state(DeviceLink link) {
        try (BpfLink pinned = BpfLink.openPinned(pins.path(pin(link)))) {
            LinkInfo info = pinned.info();
            if (!isOn(info, link)) {
                return LinkState.SEVERED;
            }
            return info.programId() == program(link.hook()).id() ? LinkState.CURRENT : LinkState.OUTDATED;
        }
    }

    private static boolean isOn(LinkInfo info, DeviceLink link) {
        return info instanceof LinkInfo.Tcx tcx && tcx.ifindex() == link.ifindex();
    }

    private BpfProgram program(Hook hook) {
        BpfProgram program = programs.get(hook);
        if (program == null) {
            throw new IllegalStateException("no program for " + hook);
        }
        return program;
    }

    private static String pin(DeviceLink link) {
        return link.hook().program() + "-" + link.ifindex();
    }

    static AttachType type(Hook hook) {
        return hook == Hook.FROM_POD ? AttachType.TCX_INGRESS : AttachType.TCX_EGRESS;
    }
}
