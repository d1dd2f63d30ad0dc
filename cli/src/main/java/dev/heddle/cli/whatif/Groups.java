package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.whatif.Group.Kind;
import dev.heddle.policy.identity.IdentityLabels;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the groups of a cluster: by owner and identity, and as far as rules ask, by address and by odd labels. */
final class Groups {

    private final WhatIfFacts facts;
    private final NamedRanges ranges;
    private final Set<String> oddLabels;
    private final Set<String> nodeLabels;

    /** @param rules those before and those after */
    Groups(WhatIfFacts facts, Collection<Rule> rules) {
        this.facts = facts;
        this.ranges = new NamedRanges(rules);
        // A pod's own labels are used in full where it is a subject, those that identities leave out too.
        this.oddLabels = rules.stream()
                .flatMap(rule -> keys(rule.subject().pods()))
                .filter(IdentityLabels.LEFT_OUT::contains)
                .collect(Collectors.toSet());
        this.nodeLabels = rules.stream()
                .flatMap(rule -> rule.peers().stream())
                .filter(Peer.Nodes.class::isInstance)
                .flatMap(peer -> keys(((Peer.Nodes) peer).nodes()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> keys(LabelSelector selector) {
        return selector.requirements().stream().map(Requirement::key);
    }

    List<Group> all() {
        List<Group> all = new ArrayList<>(pods());
        all.addAll(nodes());
        all.addAll(outside());
        return all;
    }

    private record PodKey(
            String namespace,
            Owner owner,
            SortedMap<String, String> labels,
            List<NamedPort> ports,
            List<Optional<Cidr>> ranges) {}

    private List<Group> pods() {
        Map<PodKey, List<PodFacts>> byKey = new LinkedHashMap<>();
        facts.pods().stream()
                .filter(PodFacts::isOnTheNetwork)
                .forEach(pod -> byKey.computeIfAbsent(key(pod), key -> new ArrayList<>())
                        .add(pod));
        return byKey.values().stream().map(this::group).toList();
    }

    private PodKey key(PodFacts pod) {
        SortedMap<String, String> labels = new TreeMap<>(IdentityLabels.of(pod.labels()));
        oddLabels.stream()
                .filter(pod.labels()::containsKey)
                .forEach(label -> labels.put(label, pod.labels().getOrDefault(label, "")));
        List<Optional<Cidr>> covering = new ArrayList<>();
        for (boolean ipv4 : new boolean[] {true, false}) {
            // No family is not the same as no range.
            pod.address(ipv4).ifPresent(address -> covering.add(Optional.of(family(ipv4))));
            pod.address(ipv4).ifPresent(address -> covering.add(ranges.covering(address)));
        }
        return new PodKey(pod.namespace(), pod.owner(), labels, pod.ports(), covering);
    }

    private Group group(List<PodFacts> pods) {
        PodFacts first = pods.getFirst();
        Map<String, String> namespace = facts.namespaces().getOrDefault(first.namespace(), Map.of());
        List<Party> parties = new ArrayList<>();
        for (boolean ipv4 : new boolean[] {true, false}) {
            first.address(ipv4)
                    .ifPresent(address -> parties.add(
                            new Party.Pod(first.namespace(), namespace, first.labels(), first.ports(), address)));
        }
        Set<String> nodes = pods.stream().map(PodFacts::node).collect(Collectors.toSet());
        return new Group(Kind.PODS, first.namespace() + "/" + first.owner(), first.name(), pods.size(), nodes, parties);
    }

    private record NodeKey(Map<String, String> labels, boolean ipv4, Optional<Cidr> range) {}

    /** Nodes by each of their addresses, as far as rules ask for them. */
    private List<Group> nodes() {
        Map<NodeKey, Set<String>> names = new LinkedHashMap<>();
        Map<NodeKey, Party> parties = new LinkedHashMap<>();
        for (NodeFacts node : facts.nodes()) {
            Map<String, String> labels = new TreeMap<>(node.labels());
            labels.keySet().retainAll(nodeLabels);
            for (Cidr address : node.addresses()) {
                NodeKey key = new NodeKey(labels, address.isIpv4(), ranges.covering(address));
                names.computeIfAbsent(key, absent -> new TreeSet<>()).add(node.name());
                parties.putIfAbsent(key, new Party.Node(node.labels(), address, false));
            }
        }
        List<Group> groups = new ArrayList<>();
        names.forEach((key, own) -> {
            Party party = parties.get(key);
            if (party != null) {
                String more = own.size() == 1 ? "" : " and " + (own.size() - 1) + " more";
                String name = "node/" + own.iterator().next() + more;
                groups.add(new Group(Kind.NODES, name, "", own.size(), own, List.of(party)));
            }
        });
        return groups;
    }

    /** Each range that a rule names, and the rest of the world, without the addresses that somebody has. */
    private List<Group> outside() {
        Set<Cidr> taken = new HashSet<>();
        facts.nodes().forEach(node -> {
            taken.addAll(node.podRanges());
            taken.addAll(node.addresses());
        });
        facts.pods().forEach(pod -> taken.addAll(pod.addresses()));
        Set<Cidr> wanted = new TreeSet<>(ranges.all());
        wanted.add(family(true));
        wanted.add(family(false));
        List<Party> world = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Cidr range : wanted) {
            Set<Cidr> holes = new HashSet<>(taken);
            ranges.all().stream()
                    .filter(other -> !other.equals(range) && range.contains(other))
                    .forEach(holes::add);
            FreeAddress.in(range, holes).map(Party.Outside::new).ifPresent(party -> {
                if (range.prefixLength() == 0) {
                    world.add(party);
                } else {
                    groups.add(outside(range.text(), List.of(party)));
                }
            });
        }
        if (!world.isEmpty()) {
            groups.addFirst(outside("world", world));
        }
        return groups;
    }

    private static Group outside(String name, List<Party> parties) {
        return new Group(Kind.OUTSIDE, name, "", 0, Set.of(), List.copyOf(parties));
    }

    private static Cidr family(boolean ipv4) {
        return new Cidr(ipv4, 0, 0, 0);
    }
}
