package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Planner;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays in force, and what is said to be, when the kernel refuses a step. */
class ApplierTest {

    private static final int WEB = 7;
    private static final int NEW = 8;

    private final RecordingKernel kernel = new RecordingKernel();
    private final Applier applier = new Applier(kernel);
    private final Image before = SmallKernel.image();
    private final Image after = SmallKernel.image();
    private Observed observed = Observed.NOTHING;

    @Test
    void aRefusedRevisionLeavesTheWholeOneBefore() {
        put(desired(before, WEB));
        Observed live = observed;
        kernel.done();
        kernel.refuse("write 2", new KernelException("no room; name fewer ranges"));

        List<Applied.Failed> failures = put(desired(after, WEB, NEW));

        assertThat(kernel.done()).as("not even the new pod's slot").isEmpty();
        assertThat(observed).isEqualTo(live);
        assertThat(failures).singleElement().satisfies(failed -> {
            assertThat(failed.keepsRevision()).isTrue();
            assertThat(failed.why()).hasMessage("no room; name fewer ranges");
        });
    }

    @Test
    void whatWasRefusedIsTriedAgainWhole() {
        put(desired(before, WEB));
        kernel.refuse("flip 2", new KernelException("no"));
        put(desired(after, WEB, NEW));
        kernel.refuseNothing();
        kernel.done();

        assertThat(put(desired(after, WEB, NEW))).isEmpty();

        assertThat(kernel.done())
                .containsExactly(
                        "write 2",
                        "flip 2",
                        "await",
                        "slot 8",
                        "attach from_pod on device 8",
                        "attach to_pod on device 8");
        assertThat(observed.revision()).isEqualTo(2);
        assertThat(observed.image()).isSameAs(after);
    }

    @Test
    void aRefusedDeviceIsItsOwnAffair() {
        kernel.refuse("attach from_pod on device 7", new KernelException("no tcx"));

        List<Applied.Failed> failures = put(desired(before, WEB, NEW));

        assertThat(failures)
                .singleElement()
                .satisfies(failed -> assertThat(failed.keepsRevision()).isFalse());
        assertThat(observed.covers(WEB)).isFalse();
        assertThat(observed.covers(NEW)).isTrue();
    }

    @Test
    void flowsThatCannotBeReadHoldUpNoPolicy() {
        put(desired(before, WEB));
        kernel.refuse("seed 7", new KernelException("the namespace is gone"));

        List<Applied.Failed> failures = put(isolated(after));

        assertThat(failures).hasSize(1);
        assertThat(observed.revision()).isEqualTo(2);
        assertThat(observed.open()).isEqualTo(Map.of(WEB, new OpenDirections(false, true)));
    }

    @Test
    void aFaultOfOurOwnIsReportedAsARefusal() {
        put(desired(before, WEB));
        kernel.refuse("write 2", new IndexOutOfBoundsException("17"));

        assertThat(put(desired(after, WEB)))
                .singleElement()
                .satisfies(failed -> assertThat(failed.why())
                        .hasMessageContaining("please report it")
                        .hasMessageContaining("17"));
        assertThat(observed.revision()).isEqualTo(1);
        assertThat(observed.links()).containsEntry(new DeviceLink(WEB, Hook.FROM_POD), LinkState.CURRENT);
    }

    private List<Applied.Failed> put(Desired desired) {
        Applied applied = applier.apply(Planner.plan(desired, observed), desired, observed);
        observed = applied.observed();
        return applied.failures();
    }

    private static Desired desired(Image image, int... devices) {
        return desired(image, SmallKernel.OPEN, devices);
    }

    private static Desired isolated(Image image) {
        return desired(image, SmallKernel.isolated(image), WEB);
    }

    private static Desired desired(Image image, Subjects subjects, int... devices) {
        Map<Integer, Desired.PodDevice> pods = new HashMap<>();
        for (int ifindex : devices) {
            pods.put(ifindex, new Desired.PodDevice(SmallKernel.slot(ifindex), subjects, "/run/netns/" + ifindex));
        }
        return new Desired(image, pods, List.of(), Services.NONE, Set.of(), false);
    }
}
