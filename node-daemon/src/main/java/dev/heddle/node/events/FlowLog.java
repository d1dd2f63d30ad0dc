package dev.heddle.node.events;

import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import dev.heddle.node.apply.Counters;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest records, each with what its numbers meant when it came: rules are numbered anew by each revision, and pods go.
 * A record that comes before its revision is known here is named as soon as that is. Drops and flows that begin are held
 * apart, so that many of the one do not drive out the other. From any thread.
 */
public final class FlowLog {

    /** Held of each verdict. */
    public static final int MOST = 4096;

    /** Records are read ten times a second: those that come late belong to one of the last revisions. */
    private static final int REVISIONS = 4;

    /** Of the newest records of a verdict, those that may still wait for a name. */
    private static final int WAITING = 512;

    private final String node;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final IntFunction<List<Origin>> kept;
    private final Supplier<List<Counters.Lost>> lost;
    private final Map<FlowVerdict, FlowRing> rings = new EnumMap<>(FlowVerdict.class);
    private final Map<FlowVerdict, Map<Direction, Long>> heard = new EnumMap<>(FlowVerdict.class);
    private final Map<Integer, Meaning> meanings = new LinkedHashMap<>();
    private OwnPods pods = OwnPods.NONE;
    private boolean waits;
    private int newest;

    /** An answer to a question; its records are the oldest first. */
    public record Answer(FlowsHeld held, List<FlowRecord> records) {}

    /**
     * Records heard.
     *
     * @param direction {@code ingress} or {@code egress}
     * @param verdict {@code allowed} or {@code dropped}
     */
    public record Count(String direction, String verdict, long records) {}

    /**
     * Since the daemon started.
     *
     * @param overwritten how many of the records newer ones have replaced, by verdict
     */
    public record Heard(List<Count> records, SortedMap<String, Long> overwritten) {
        public static final Heard NOTHING = new Heard(List.of(), new TreeMap<>());
    }

    /**
     * Empty.
     *
     * @param nanos the clock of records
     * @param kept what the rules of an earlier daemon's revision mean; empty when that is not known
     * @param lost what never became a record
     */
    public FlowLog(
            String node,
            InstantSource clock,
            LongSupplier nanos,
            IntFunction<List<Origin>> kept,
            Supplier<List<Counters.Lost>> lost) {
        this.node = node;
        this.clock = clock;
        this.nanos = nanos;
        this.kept = kept;
        this.lost = lost;
        for (FlowVerdict verdict : FlowVerdict.values()) {
            rings.put(verdict, new FlowRing(MOST));
            heard.put(verdict, new EnumMap<>(Direction.class));
        }
    }

    /** Takes a record. */
    public synchronized void accept(PacketEvent event) {
        long age = Math.max(0, nanos.getAsLong() - event.nanos());
        Flow flow = Flow.of(event, clock.millis() - age / 1_000_000, meaning(event.revision()), pods);
        ring(flow.verdict()).add(flow);
        waits |= !flow.isKnown();
        counts(flow.verdict()).merge(event.direction(), 1L, Long::sum);
    }

    /** Takes what the numbers of the live revision mean from now on, and those of devices. */
    synchronized void know(Meaning now, OwnPods ownPods) {
        newest = now.revision();
        meanings.remove(newest); // so that it goes last
        meanings.put(newest, now);
        while (meanings.size() > REVISIONS) {
            meanings.remove(meanings.keySet().iterator().next());
        }
        pods = ownPods;
        if (waits) {
            waits = false;
            rings.values().forEach(ring -> ring.replaceNewest(WAITING, this::again));
        }
    }

    private Flow again(Flow flow) {
        if (flow.isKnown()) {
            return flow;
        }
        PacketEvent event = flow.event();
        Flow now = Flow.of(event, flow.millis(), meaning(event.revision()), pods);
        waits |= !now.isKnown() && event.revision() >= newest; // of an older one nobody will say more
        return now;
    }

    /** Numbers mean something in their own revision only. */
    private @Nullable Meaning meaning(int revision) {
        Meaning known = meanings.get(revision);
        if (known == null && (newest == 0 || revision < newest)) {
            known = Meaning.ofRules(revision, kept.apply(revision));
            meanings.putIfAbsent(revision, known);
        }
        return known;
    }

    /** The records that fit. */
    public Answer answer(FlowQuestion question) {
        List<Counters.Lost> never = lost.get();
        synchronized (this) {
            List<Flow> found = new ArrayList<>();
            long since = question.seconds() == 0 ? Long.MIN_VALUE : clock.millis() - 1000 * question.seconds();
            rings.forEach((verdict, ring) -> {
                if (question.verdict() == null || question.verdict() == verdict) {
                    ring.forEach(flow -> {
                        if (flow.millis() >= since && concerns(flow, question)) {
                            found.add(flow);
                        }
                    });
                }
            });
            found.sort(Comparator.comparingLong((Flow flow) -> flow.event().nanos()));
            int first = question.most() == 0 ? 0 : Math.max(0, found.size() - question.most());
            List<FlowRecord> records = found.subList(first, found.size()).stream()
                    .map(Flow::record)
                    .toList();
            List<Held> held =
                    rings.keySet().stream().map(verdict -> held(verdict, never)).toList();
            return new Answer(new FlowsHeld(node, found.size(), held), records);
        }
    }

    private static boolean concerns(Flow flow, FlowQuestion question) {
        if (question.namespace() == null) {
            return true;
        }
        return isOne(flow.source(), question)
                || isOne(flow.destination(), question)
                || (question.pod() != null
                        && (question.addresses().contains(flow.event().source().toString())
                                || question.addresses()
                                        .contains(flow.event().destination().toString())));
    }

    private static boolean isOne(Party party, FlowQuestion question) {
        return String.valueOf(question.namespace()).equals(party.namespace())
                && (question.pod() == null || question.pod().equals(party.pod()));
    }

    private Held held(FlowVerdict verdict, List<Counters.Lost> never) {
        FlowRing ring = ring(verdict);
        Counters.Lost gone = never.stream()
                .filter(each -> each.verdict().equals(word(verdict)))
                .findFirst()
                .orElse(new Counters.Lost(word(verdict), 0, 0));
        return new Held(
                verdict,
                ring.size(),
                ring.oldest().map(flow -> Flow.time(flow.millis())).orElse(null),
                ring.overwritten(),
                gone.limited(),
                gone.full());
    }

    /** What was heard so far, also of what is overwritten. */
    public synchronized Heard heard() {
        List<Count> all = new ArrayList<>();
        SortedMap<String, Long> overwritten = new TreeMap<>();
        for (FlowVerdict verdict : FlowVerdict.values()) {
            overwritten.put(word(verdict), ring(verdict).overwritten());
            for (Direction direction : Direction.values()) {
                all.add(new Count(
                        word(direction), word(verdict), counts(verdict).getOrDefault(direction, 0L)));
            }
        }
        return new Heard(all, overwritten);
    }

    private FlowRing ring(FlowVerdict verdict) {
        return Objects.requireNonNull(rings.get(verdict));
    }

    private Map<Direction, Long> counts(FlowVerdict verdict) {
        return Objects.requireNonNull(heard.get(verdict));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
