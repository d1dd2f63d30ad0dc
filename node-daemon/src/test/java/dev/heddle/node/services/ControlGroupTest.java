package dev.heddle.node.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGroupTest {

    private static final String OTHER = "33 24 0:30 / /sys/fs/cgroup/cpu rw,nosuid - cgroup cgroup rw,cpu";
    private static final String PURE = "34 24 0:31 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw";
    private static final String HYBRID = "35 24 0:32 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw";

    @ParameterizedTest(name = "{2}: {1}")
    @CsvSource({
        "pure, 0::/kubepods.slice/kubepods-burstable.slice/pod1/c, systemd driver, /sys/fs/cgroup",
        "pure, 0::/kubepods/besteffort/pod1/c, cgroupfs driver, /sys/fs/cgroup",
        "hybrid, 0::/kube-node1/kubepods/besteffort/pod1/c, two nodes on one machine, /sys/fs/cgroup/unified/kube-node1",
        "pure, 0::/, a private cgroup namespace, /sys/fs/cgroup",
    })
    void isTheOneAboveTheKubeletsFirstLevel(String kind, String own, String what, String expected) {
        List<String> mounts = List.of(OTHER, kind.equals("pure") ? PURE : HYBRID);
        assertThat(ControlGroup.ofNode(mounts, List.of("1:cpu:/somewhere", own)))
                .hasToString("Optional[" + expected + "]");
    }

    @org.junit.jupiter.api.Test
    void isUnknownWithoutTheUnifiedHierarchy() {
        assertThat(ControlGroup.ofNode(List.of(OTHER), List.of("0::/"))).isEmpty();
    }
}
