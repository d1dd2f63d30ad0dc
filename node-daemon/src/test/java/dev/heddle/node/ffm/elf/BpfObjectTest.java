package dev.heddle.node.ffm.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.ObjectException;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.NodeConfigLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bpf")
class BpfObjectTest {

    @Test
    void bothProgramsLoadOnTheSameMaps() {
        Map<KernelMap, BpfMap> maps = new EnumMap<>(KernelMap.class);
        try {
            for (KernelMap map : KernelMap.values()) {
                maps.put(map, BpfMap.create(MapSpec.of(map)));
            }
            byte[] config = new byte[(int) NodeConfigLayout.SIZE];
            for (String name : List.of("from_pod", "to_pod")) {
                try (BpfObject object = ObjectFile.shipped(name)
                        .constant("config", config)
                        .reuse(maps)
                        .load()) {
                    assertThat(object.programs()).containsExactly(name);
                    maps.forEach((map, shared) ->
                            assertThat(object.map(map.mapName()).id()).isEqualTo(shared.id()));
                    // No endpoint is known: the packet is dropped.
                    assertThat(object.program(name)
                                    .testRun(TestRun.of(new byte[64]))
                                    .returned())
                            .isEqualTo(2);
                }
            }
        } finally {
            new ArrayList<>(maps.values()).forEach(BpfMap::close);
        }
    }

    @Test
    void whatIsNotInTheObjectIsNamed() {
        ObjectFile constant = ObjectFile.shipped("from_pod").constant("no_such", new byte[4]);
        assertThatThrownBy(constant::load)
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("no_such")
                .hasMessageContaining("from_pod");
        ObjectFile size = ObjectFile.shipped("from_pod").constant("config", new byte[3]);
        assertThatThrownBy(size::load).hasMessageContaining("config has");
    }

    @Test
    void rubbishIsNoObject() {
        ObjectFile rubbish = ObjectFile.of("rubbish", new byte[100]);
        assertThatThrownBy(rubbish::load).isInstanceOf(ObjectException.class).hasMessageContaining("rubbish");
    }

    @Test
    void aMapThatDoesNotFitIsNamed() {
        try (BpfMap wrong = BpfMap.create(MapSpec.hash("wrong", 4, 4, 1))) {
            ObjectFile file = ObjectFile.shipped("from_pod").reuse("conntrack4", wrong);
            assertThatThrownBy(file::load).isInstanceOf(ObjectException.class).hasMessageContaining("conntrack4");
        }
    }
}
