package dev.heddle.node.ffm.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.BpfException;
import dev.heddle.node.ffm.BpfFs;
import dev.heddle.node.ffm.Veth;
import dev.heddle.node.ffm.sys.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class BpfLinkTest {
    private static final AttachType HOOK = AttachType.TCX_INGRESS;
    private static final int NEXT = -1;
    private static final Path CGROUPS = Files.exists(Path.of("/sys/fs/cgroup/unified"))
            ? Path.of("/sys/fs/cgroup/unified")
            : Path.of("/sys/fs/cgroup");

    @Test
    void programsRunInTheOrderAskedFor() {
        try (Veth veth = Veth.create("hffmord");
                BpfProgram a = tc("a");
                BpfProgram b = tc("b");
                BpfProgram c = tc("c");
                BpfLink first = BpfLink.attachTcx(a, veth.ifindex(), HOOK, TcxPlace.last());
                BpfLink second = BpfLink.attachTcx(b, veth.ifindex(), HOOK, TcxPlace.first());
                BpfLink third = BpfLink.attachTcx(c, veth.ifindex(), HOOK, TcxPlace.after(b.id()))) {
            assertThat(Hook.ofDevice(veth.ifindex(), HOOK).attached())
                    .containsExactly(
                            new Hook.Attached(b.id(), second.info().id()),
                            new Hook.Attached(c.id(), third.info().id()),
                            new Hook.Attached(a.id(), first.info().id()));
        }
    }

    @Test
    void aPlanMadeForAnOlderHookIsRefused() {
        try (Veth veth = Veth.create("hffmrev");
                BpfProgram a = tc("a");
                BpfProgram b = tc("b");
                BpfLink link = BpfLink.attachTcx(a, veth.ifindex(), HOOK, TcxPlace.first())) {
            long revision = Hook.ofDevice(veth.ifindex(), HOOK).revision();
            assertThat(revision).isPositive();
            TcxPlace stale = TcxPlace.last().atRevision(revision - 1);
            refused(Errno.ESTALE, () -> BpfLink.attachTcx(b, veth.ifindex(), HOOK, stale));
            refused(Errno.EEXIST, () -> BpfLink.attachTcx(a, veth.ifindex(), HOOK, TcxPlace.last()));
            TcxPlace fresh = TcxPlace.last().atRevision(revision);
            BpfLink.attachTcx(b, veth.ifindex(), HOOK, fresh).close();
            assertThat(link.info().severed()).isFalse();
        }
    }

    @Test
    void updatingNamesTheProgramThatIsExpectedThere() {
        try (Veth veth = Veth.create("hffmupd");
                BpfProgram a = tc("a");
                BpfProgram b = tc("b");
                BpfLink link = BpfLink.attachTcx(a, veth.ifindex(), HOOK, TcxPlace.first())) {
            refused(Errno.EPERM, () -> link.update(b, b));
            link.update(b, a);
            assertThat(link.info().programId()).isEqualTo(b.id());
        }
    }

    @Test
    void aPinnedLinkIsAdoptedAndSeveredByItsDevice() {
        try (BpfFs bpffs = BpfFs.mount();
                Veth veth = Veth.create("hffmpin");
                BpfProgram program = tc("a")) {
            Pins pins = Pins.at(bpffs.path("heddle/abi"));
            try (BpfLink link = BpfLink.attachTcx(program, veth.ifindex(), HOOK, TcxPlace.first())) {
                link.pin(pins.path("link"));
            }
            assertThat(pins.list()).containsExactly("link");
            try (BpfLink adopted = BpfLink.openPinned(pins.path("link"))) {
                assertThat(adopted.info())
                        .isEqualTo(new LinkInfo.Tcx(adopted.info().id(), program.id(), veth.ifindex(), HOOK));
                veth.delete();
                assertThat(adopted.info().severed()).isTrue();
                refused(Errno.ENOLINK, () -> adopted.update(program));
            }
            assertThat(pins.remove("link")).isTrue();
            assertThat(pins.remove("link")).isFalse();
        }
    }

    @Test
    void mapsAndProgramsOutliveTheirDescriptorsByPins() {
        try (BpfFs bpffs = BpfFs.mount()) {
            try (BpfMap map = BpfMap.create(MapSpec.hash("pinned", 4, 4, 1));
                    BpfProgram program = tc("pinned")) {
                map.put(new byte[4], new byte[] {1, 2, 3, 4});
                map.pin(bpffs.path("map"));
                program.pin(bpffs.path("program"));
                refused(Errno.EEXIST, () -> map.pin(bpffs.path("map")));
            }
            try (BpfMap map = BpfMap.openPinned(bpffs.path("map"));
                    BpfProgram program = BpfProgram.openPinned(bpffs.path("program"))) {
                assertThat(map.lookup(new byte[4])).contains(new byte[] {1, 2, 3, 4});
                assertThat(program.info().name()).isEqualTo("pinned");
            }
            refused(Errno.ENOENT, () -> BpfMap.openPinned(bpffs.path("nothing")));
        }
    }

    @Test
    void outsideABpfFileSystemNothingIsPinned() {
        assertThatThrownBy(() -> Pins.at(Path.of("/tmp/heddle-no-bpffs"))).hasMessageContaining("mount -t bpf");
    }

    @Test
    void aCgroupHookIsAttachedAndUpdated() throws IOException {
        Path cgroup = Files.createDirectory(
                CGROUPS.resolve("heddle-ffm-test-" + ProcessHandle.current().pid()));
        AttachType type = AttachType.CGROUP_INET4_CONNECT;
        try (BpfProgram a = BpfProgram.load("a", ProgramType.CGROUP_SOCK_ADDR, type, Instructions.returning(1));
                BpfProgram b = BpfProgram.load("b", ProgramType.CGROUP_SOCK_ADDR, type, Instructions.returning(1));
                BpfLink link = BpfLink.attachCgroup(a, cgroup, type)) {
            assertThat(Hook.ofCgroup(cgroup, type).attached())
                    .extracting(Hook.Attached::programId)
                    .containsExactly(a.id());
            link.update(b, a);
            assertThat(link.info()).isInstanceOfSatisfying(LinkInfo.Cgroup.class, info -> {
                assertThat(info.programId()).isEqualTo(b.id());
                assertThat(info.attachType()).isEqualTo(type);
                assertThat(info.severed()).isFalse();
            });
            link.detach();
            assertThat(link.info().severed()).isTrue();
        } finally {
            Files.delete(cgroup);
        }
    }

    @Test
    void thisKernelHasWhatTheTestsNeed() {
        assertThat(Features.ofKernel()).isEqualTo(new Features(true, true, true, true));
    }

    private static BpfProgram tc(String name) {
        return BpfProgram.load(name, ProgramType.SCHED_CLS, AttachType.OTHER, Instructions.returning(NEXT));
    }

    private static void refused(int errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BpfException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }
}
