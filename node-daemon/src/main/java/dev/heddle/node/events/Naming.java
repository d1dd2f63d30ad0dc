package dev.heddle.node.events;

import dev.heddle.crds.live.Party;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.loop.Round;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerKey;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the logs after every round what numbers mean then. */
public final class Naming implements Consumer<Round> {

    private final Composer composer;
    private final FlowLog flows;
    private final DropLog drops;
    private @Nullable Image image;
    private List<Origin> rules = List.of();
    private List<@Nullable PeerKey> keys = new ArrayList<>();
    private List<Party> peers = List.of();

    /** @param composer of the images that are put into force */
    public Naming(Composer composer, FlowLog flows, DropLog drops) {
        this.composer = composer;
        this.flows = flows;
        this.drops = drops;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very cut that was composed last, not an equal one
    public void accept(Round round) {
        Image now = round.observed().image();
        Map<Integer, String> names = new HashMap<>();
        OwnPods pods = new OwnPods(new HashMap<>(), new HashMap<>());
        for (PodInterface attached : round.world().pods().interfaces()) {
            names.put(attached.ifindex(), attached.namespace() + "/" + attached.pod());
            Party party = party(attached, round.world());
            pods.byDevice().put(attached.ifindex(), party);
            attached.addresses().all().forEach(address -> pods.byAddress().put(address, party));
        }
        drops.names(new DropLog.Names(round.observed().revision(), names, now == null ? List.of() : now.rules()));
        // Of an image that another daemon made, or that the kernel refused, nobody here knows the peers.
        if (now != null && round.live() == composer.cut()) {
            follow(now, round.world());
            flows.know(new Meaning(round.observed().revision(), rules, peers), pods);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object as long as nothing changed
    private void follow(Image now, World world) {
        if (now != image) {
            image = now;
            rules = now.rules().stream().map(Rule::origin).toList();
        }
        List<@Nullable PeerKey> next = composer.peers();
        if (next != keys) {
            List<Party> named = new ArrayList<>(next.size());
            for (int i = 0; i < next.size(); i++) {
                PeerKey key = next.get(i);
                boolean same = i < keys.size() && key == keys.get(i);
                named.add(same ? peers.get(i) : key == null ? Party.UNKNOWN : party(key, world));
            }
            keys = next;
            peers = named;
        }
    }

    private static Party party(PodInterface attached, World world) {
        return world.pods()
                .podOf(attached)
                .map(pod -> pod(pod.identity(), attached.pod()))
                .orElse(new Party(Party.Kind.POD, attached.namespace(), attached.pod(), null, null));
    }

    private static Party party(PeerKey key, World world) {
        Party who = switch (key.who()) {
            case Who.World _ -> Party.WORLD;
            case Who.Host _ -> Party.HOST;
            case Who.Pending _ -> Party.PENDING;
            case Who.Node node -> node.own() ? Party.HOST : Party.of(Party.Kind.NODE);
            case Who.Known(var hash) ->
                Optional.ofNullable(world.peers().identity(hash))
                        .map(identity -> pod(identity, null))
                        .orElse(Party.UNKNOWN);
        };
        Cidr range = key.range();
        return range == null ? who : who.in(Address.of(range.address()) + "/" + range.prefixLength());
    }

    private static Party pod(Identity identity, @Nullable String name) {
        return new Party(Party.Kind.POD, identity.namespace(), name, identity.labels(), null);
    }
}
