package dev.heddle.node.events;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The newest flows of one verdict; a new one takes the place of the oldest. Used under its owner's lock. */
final class FlowRing {

    private static final int FIRST_ROOM = 64;

    private final int most;
    private @Nullable Flow[] slots = new Flow[FIRST_ROOM];
    private long added;

    /** @param most how many are held */
    FlowRing(int most) {
        this.most = most;
    }

    void add(Flow flow) {
        int size = size();
        if (size == slots.length && size < most) {
            slots = Arrays.copyOf(slots, Math.min(2 * size, most));
        }
        slots[(int) (added % most)] = flow;
        added++;
    }

    int size() {
        return (int) Math.min(added, most);
    }

    long overwritten() {
        return added - size();
    }

    Optional<Flow> oldest() {
        return added == 0 ? Optional.empty() : Optional.ofNullable(slots[place(0)]);
    }

    /** From the oldest to the newest. */
    void forEach(Consumer<Flow> reader) {
        for (int i = 0; i < size(); i++) {
            Flow flow = slots[place(i)];
            if (flow != null) {
                reader.accept(flow);
            }
        }
    }

    /** Puts others in the place of the newest so many. */
    void replaceNewest(int many, UnaryOperator<Flow> by) {
        for (int i = Math.max(0, size() - many); i < size(); i++) {
            Flow flow = slots[place(i)];
            if (flow != null) {
                slots[place(i)] = by.apply(flow);
            }
        }
    }

    private int place(int age) {
        return (int) ((added - size() + age) % most);
    }
}
