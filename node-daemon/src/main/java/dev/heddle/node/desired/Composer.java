package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Desired.PodDevice;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.compile.PeerKey;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the conclusion from what is known: the image and everything around it. Compiles only when something
 * changed that no single store can follow.
 */
public final class Composer {

    private static final Subjects NO_RULES = new Subjects(Subjects.WITHOUT_RULES, Subjects.WITHOUT_RULES);

    /**
     * Only the link knows whose address of it is whose, and any pod of the link may be behind one: nobody who is asked
     * for by labels is accepted there, as at an address that nobody claims.
     */
    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/10");

    private final World world;
    private final boolean translateServices;
    private final PeerNumbering numbering = new PeerNumbering(Capacity.OF_THE_KERNEL_TABLES.peers());
    private final Set<Address> unstored = new HashSet<>();
    /** The peers that single stores spoke of since the image was compiled, and their classes in it. */
    private final Map<PeerKey, Integer> late = new LinkedHashMap<>();
    /** Whether the next image must be compiled whole. */
    private boolean whole;

    private @Nullable Image image;
    private Cut cut = Cut.NOTHING;

    /**
     * What an image was made from.
     *
     * @param sequence all that heads told up to it is in the image
     * @param sets namespace to policy set
     * @param heads namespace to the sequence of the head that the set is of
     */
    public record Cut(long sequence, Map<String, String> sets, Map<String, Long> heads) {
        public static final Cut NOTHING = new Cut(0, Map.of(), Map.of());
    }

    public Composer(World world, boolean translateServices) {
        this.world = world;
        this.translateServices = translateServices;
    }

    /**
     * What should be in force now; empty as long as too little is known to say so.
     *
     * @throws IllegalStateException if the tables are too small for it, whatever is closed
     */
    public Optional<Desired> compose() {
        try {
            return desired();
        } catch (RuntimeException e) {
            whole = true; // what was new is asked for only once
            throw e;
        }
    }

    private Optional<Desired> desired() {
        if (!world.isKnown()) {
            return Optional.empty();
        }
        world.claimOwnAddresses();
        boolean otherRules = world.sets().advance(world.namespaces());
        whole |= world.peers().takeRecompile();
        whole |= world.nodes().takeRecompile(world.sets()::askForNodes);
        if (image == null && !adoptedPodsAreKnown()) {
            return Optional.empty();
        }
        List<PeerStore> stores = new ArrayList<>();
        Image now = image;
        if (now != null && !whole && (otherRules || !hasSubjects(now))) {
            now = recompile(now);
        }
        if (now == null || whole || !follow(now, stores)) {
            now = compile();
            stores.clear();
        }
        image = now;
        cut = new Cut(world.sets().inForce(), world.sets().cut(), world.sets().running());
        world.services().nodes(world.nodes().portAddresses());
        return Optional.of(new Desired(
                now,
                pods(now),
                List.copyOf(stores),
                world.services().translated(),
                world.nodeAddresses(),
                translateServices));
    }

    /** What the last composed image was made from. */
    public Cut cut() {
        return cut;
    }

    /** What peer numbers stand for in the last composed image, by number; the same object until one changes. */
    public List<@Nullable PeerKey> peers() {
        return numbering.keys();
    }

    /** The stores of the last {@link #compose} are in the kernel. Until this is said they are composed again. */
    public void stored() {
        unstored.clear();
    }

    /** What the kernel's tables hold is not what was composed: the next image is compiled and written whole. */
    public void startOver() {
        whole = true;
    }

    /** Before the first flip every pod that is under policy already must have its place in the image. */
    private boolean adoptedPodsAreKnown() {
        return world.pods().interfaces().stream()
                .flatMap(attached -> world.pods().podOf(attached).stream())
                .flatMap(pod -> Stream.of(pod.namespace(), Sets.CLUSTER_WIDE))
                .allMatch(namespace ->
                        world.sets().setOf(namespace) != null || world.sets().isBroken(namespace));
    }

    private boolean hasSubjects(Image candidate) {
        return endpoints().keySet().stream().allMatch(candidate.subjects()::containsKey);
    }

    /** Follows addresses that changed hands by single stores. @return false if that is not enough */
    private boolean follow(Image live, List<PeerStore> stores) {
        unstored.addAll(world.peers().takeChanged());
        for (Address address : unstored) {
            if (world.nodes().have(address.cidr())) {
                return false;
            }
            Who who = world.peers().who(address);
            PeerKey key = live.peerAt(address.cidr(), who);
            OptionalInt peerClass = classOf(live, key, who);
            OptionalInt peer = numbering.number(key);
            if (peerClass.isEmpty() || peer.isEmpty()) {
                return false;
            }
            late.put(key, peerClass.getAsInt());
            stores.add(new PeerStore(
                    address, peer.getAsInt(), peerClass.getAsInt(), live.verdictClassOf(peerClass.getAsInt())));
        }
        return true;
    }

    /** Finding a peer's class asks every rule's peers, and most addresses are of peers that were asked for before. */
    private OptionalInt classOf(Image live, PeerKey key, Who who) {
        Integer known = late.get(key);
        return known != null
                ? OptionalInt.of(known)
                : live.classFor(
                        key, who instanceof Who.Known(var hash) ? world.peers().identity(hash) : null);
    }

    private Image compile() {
        world.peers().takeChanged();
        unstored.clear();
        late.clear();
        whole = false;
        Peers peers = world.peers();
        NodeView view = view(
                peers.claims(),
                Stream.concat(peers.podRanges().stream(), Stream.of(LINK_LOCAL)).toList());
        return Compiler.compile(view, numbering, Capacity.OF_THE_KERNEL_TABLES);
    }

    /** Null when that takes a whole compile. Addresses that changed hands meanwhile are followed as ever. */
    private @Nullable Image recompile(Image before) {
        Image now = Compiler.recompile(
                        before, late.keySet(), view(List.of(), List.of()), numbering, Capacity.OF_THE_KERNEL_TABLES)
                .orElse(null);
        late.clear();
        return now;
    }

    private NodeView view(List<Claim> claims, List<Cidr> podRanges) {
        return new NodeView(
                world.sets().rules(),
                List.copyOf(endpoints().values()),
                world.peers().namespaces(),
                world.peers().identities(),
                claims,
                podRanges,
                world.nodes().all());
    }

    /** One for each kind of pod whose policy is known. */
    private Map<String, LocalEndpoint> endpoints() {
        Map<String, LocalEndpoint> endpoints = new TreeMap<>();
        for (PodInterface attached : world.pods().interfaces()) {
            world.pods().podOf(attached).filter(this::isDecided).ifPresent(pod -> {
                LocalEndpoint endpoint = pod.endpoint();
                endpoints.put(endpoint.id(), endpoint);
            });
        }
        return endpoints;
    }

    private boolean isDecided(OwnPod pod) {
        return world.sets().decides(pod.namespace()) && world.peers().hasNamespace(pod.namespace());
    }

    private Map<Integer, PodDevice> pods(Image compiled) {
        Map<Integer, PodDevice> devices = new HashMap<>();
        for (PodInterface attached : world.pods().interfaces()) {
            Optional<OwnPod> pod = world.pods().podOf(attached).filter(this::isDecided);
            Subjects subjects = pod.map(
                            known -> compiled.subjects().get(known.endpoint().id()))
                    .orElse(NO_RULES);
            devices.put(attached.ifindex(), new PodDevice(attached.slot(pod.isEmpty()), subjects, attached.netns()));
        }
        return devices;
    }
}
