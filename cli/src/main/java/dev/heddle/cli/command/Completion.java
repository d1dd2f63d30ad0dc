package dev.heddle.cli.command;

import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completes a command line. The answer is as kubectl asks plugins for it (kubectl's {@code kubectl_complete-NAME}): a
 * candidate a line, with its description behind a tab, then a colon and what a shell is to do, as cobra has it.
 */
final class Completion {

    /** Of cobra's ShellCompDirective: complete files as usual. */
    private static final int FILES = 0;
    /** Of the same: no space behind the candidate. */
    private static final int NO_SPACE = 2;
    /** Of the same: no files. */
    private static final int NO_FILES = 4;

    private final CommandLine commands;
    private final Function<ClusterOptions, Cluster> clusters;

    Completion(CommandLine commands, Function<ClusterOptions, Cluster> clusters) {
        this.commands = commands;
        this.clusters = clusters;
    }

    private record Candidates(List<String> lines, int directive) {
        static Candidates of(Stream<String> lines) {
            return new Candidates(lines.sorted().toList(), NO_FILES);
        }
    }

    /**
     * Completes the last word.
     *
     * @param words behind {@code kubectl heddle}; the last may be empty
     */
    String of(List<String> words) {
        Candidates found = words.isEmpty() ? candidates(List.of(), "") : candidates(before(words), words.getLast());
        StringBuilder answer = new StringBuilder();
        found.lines().forEach(line -> answer.append(line).append('\n'));
        return answer.append(':').append(found.directive()).append('\n').toString();
    }

    private static List<String> before(List<String> words) {
        return words.subList(0, words.size() - 1);
    }

    private Candidates candidates(List<String> words, String start) {
        Optional<CommandSpec> command = commands.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> words.contains(spec.name()))
                .findFirst();
        if (command.isEmpty()) {
            return Candidates.of(commands.getSubcommands().values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(spec -> spec.name().startsWith(start))
                    .map(spec -> spec.name() + "\t" + spec.usageMessage().description()[0]));
        }
        int equals = start.indexOf('=');
        if (start.startsWith("--") && equals > 0) {
            String option = start.substring(0, equals);
            Candidates values = values(command.get(), option, words, start.substring(equals + 1));
            return new Candidates(
                    values.lines().stream().map(value -> option + "=" + value).toList(), values.directive());
        }
        if (!words.isEmpty() && takesValue(command.get(), words.getLast())) {
            return values(command.get(), words.getLast(), words, start);
        }
        if (start.startsWith("-")) {
            return Candidates.of(command.get().options().stream()
                    .filter(option -> option.longestName().startsWith(start))
                    .map(option -> option.longestName() + "\t" + String.join(" ", option.description())));
        }
        return switch (command.get().name()) {
            case "explain" -> ends(words, start);
            case "flows" -> pods(words, start);
            default -> Candidates.of(Stream.of());
        };
    }

    private static boolean takesValue(CommandSpec command, String word) {
        OptionSpec option = command.findOption(word);
        return option != null && option.arity().max() > 0;
    }

    private Candidates values(CommandSpec command, String name, List<String> words, String start) {
        OptionSpec option = command.findOption(name);
        if (option == null) {
            return Candidates.of(Stream.of());
        }
        if (option.completionCandidates() != null) {
            return Candidates.of(
                    StreamSupport.stream(option.completionCandidates().spliterator(), false)
                            .filter(value -> value.startsWith(start)));
        }
        return switch (option.longestName()) {
            case "--filename", "--kubeconfig" -> new Candidates(List.of(), FILES);
            case "--namespace", "--heddle-namespace" ->
                asked(
                        words,
                        cluster -> Candidates.of(
                                cluster.namespaces().stream().filter(namespace -> namespace.startsWith(start))));
            case "--node" ->
                asked(words, cluster -> Candidates.of(cluster.nodes().stream().filter(node -> node.startsWith(start))));
            default -> Candidates.of(Stream.of());
        };
    }

    /** {@code POD} or {@code NAMESPACE/POD}. */
    private Candidates pods(List<String> words, String start) {
        return asked(words, cluster -> {
            int slash = start.indexOf('/');
            String namespace = slash < 0 ? cluster.namespace() : start.substring(0, slash);
            String before = slash < 0 ? "" : namespace + "/";
            List<String> names = running(cluster, namespace)
                    .map(pod -> before + pod.name())
                    .filter(name -> name.startsWith(start))
                    .sorted()
                    .toList();
            if (slash >= 0) {
                return new Candidates(names, NO_FILES);
            }
            TreeSet<String> all = new TreeSet<>(names);
            cluster.namespaces().stream()
                    .map(each -> each + "/")
                    .filter(each -> each.startsWith(start))
                    .forEach(all::add);
            return new Candidates(List.copyOf(all), NO_FILES | NO_SPACE);
        });
    }

    /** Ends of a connection, as {@link dev.heddle.cli.explain.Place} reads them. */
    private Candidates ends(List<String> words, String start) {
        return asked(words, cluster -> {
            int slash = start.indexOf('/');
            if (slash < 0) {
                TreeSet<String> all = new TreeSet<>(List.of("deploy/", "node/", "world"));
                cluster.namespaces().forEach(namespace -> all.add(namespace + "/"));
                running(cluster, cluster.namespace()).map(PodFacts::name).forEach(all::add);
                all.removeIf(name -> !name.startsWith(start));
                return new Candidates(List.copyOf(all), NO_FILES | NO_SPACE);
            }
            String first = start.substring(0, slash);
            Stream<String> names = first.equals("node")
                    ? cluster.nodes().stream()
                    : Owner.kindTyped(first).isEmpty()
                            ? running(cluster, first).map(PodFacts::name)
                            : running(cluster, cluster.namespace())
                                    .map(PodFacts::owner)
                                    .filter(owner -> owner.kind().equals(Owner.kindTyped(first)))
                                    .map(Owner::name);
            return Candidates.of(
                    names.distinct().map(name -> first + "/" + name).filter(name -> name.startsWith(start)));
        });
    }

    private static Stream<PodFacts> running(Cluster cluster, String namespace) {
        return cluster.pods(namespace).stream().filter(pod -> !pod.finished());
    }

    /** Who completes must not be disturbed: what cannot be asked has no candidates. */
    private Candidates asked(List<String> words, Function<Cluster, Candidates> question) {
        try (Cluster cluster = clusters.apply(options(words))) {
            return question.apply(cluster);
        } catch (NoAnswerException e) {
            return Candidates.of(Stream.of());
        }
    }

    /** What the line says so far; an option that waits for its value does not count. */
    private static ClusterOptions options(List<String> words) {
        ClusterOptions options = new ClusterOptions();
        CommandLine reader = new CommandLine(options).setUnmatchedArgumentsAllowed(true);
        int complete = words.isEmpty() || !takesValue(reader.getCommandSpec(), words.getLast())
                ? words.size()
                : words.size() - 1;
        reader.parseArgs(words.subList(0, complete).toArray(String[]::new));
        return options;
    }
}
