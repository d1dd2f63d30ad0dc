package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.elf.ObjectFile;
import dev.heddle.node.ffm.layout.NodeConfigLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bpf")
class FlowLimitsTest {

    @Test
    void theDaemonAndTheProgramsGoByTheSameLimits() {
        try (BpfObject object = ObjectFile.shipped("from_pod").load()) {
            ByteBuffer config = ByteBuffer.wrap(object.map("from_pod.rodata")
                            .lookup(SlotTable.nativeInt(0))
                            .orElseThrow())
                    .order(ByteOrder.nativeOrder());

            assertThat(config.getLong((int) NodeConfigLayout.TCP_NEW_NS)).isEqualTo(FlowLimits.TCP_NEW_NANOS);
            assertThat(config.getLong((int) NodeConfigLayout.TCP_ESTABLISHED_NS))
                    .isEqualTo(FlowLimits.TCP_ESTABLISHED_NANOS);
            assertThat(config.getLong((int) NodeConfigLayout.TCP_CLOSING_NS)).isEqualTo(FlowLimits.TCP_CLOSING_NANOS);
            assertThat(config.getLong((int) NodeConfigLayout.UDP_NS)).isEqualTo(FlowLimits.UDP_NANOS);
            assertThat(config.getLong((int) NodeConfigLayout.ICMP_NS)).isEqualTo(FlowLimits.ICMP_NANOS);
            assertThat(config.getInt((int) NodeConfigLayout.CONNTRACK_BUDGET)).isEqualTo(FlowLimits.BUDGET);
        }
    }
}
