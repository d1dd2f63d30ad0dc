package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.status.StatusFacts;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell offers behind {@code kubectl heddle}; the last word is the one that is typed. */
class CompletionTest {

    private static final String NO_FILES = ":4";
    private static final String NO_FILES_NO_SPACE = ":6";
    private static final String FILES = ":0";

    private static List<String> complete(Function<ClusterOptions, Cluster> clusters, String line) {
        StringWriter out = new StringWriter();
        Session session = new Session(
                clusters,
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                false,
                () -> Instant.EPOCH);
        assertThat(Commands.complete(session, Arrays.asList(line.split(" ", -1))))
                .isZero();
        return out.toString().lines().map(text -> text.replaceAll("\t.*", "")).toList();
    }

    private static List<String> complete(String line) {
        return complete(options -> new FakeCluster(new StatusFacts(null, List.of(), Map.of())), line);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'explain flows status whatif :4'",
        "st, 'status :4'",
        "explain --pro, '--protocol :4'",
        "explain --protocol s, 'sctp :4'",
        "explain --protocol=u, '--protocol=udp :4'",
        "status -o w, 'wide :4'",
        "whatif -f x, ':0'",
        "status -n s, 'shop :4'",
        "explain web-1 api, 'api-1 :6'",
        "explain shop/, 'shop/api-1 shop/web-1 :4'",
        "explain deploy/w, 'deploy/web :4'",
        "explain node/, 'node/node1 node/node2 :4'",
        "explain w, 'web-1 world :6'",
        "explain sh, 'shop/ :6'",
        "flows w, 'web-1 :6'",
        "flows s, 'shop/ :6'",
        "flows shop/a, 'shop/api-1 :4'",
        "flows --verdict d, 'dropped :4'",
        "flows --node=n, '--node=node1 --node=node2 :4'",
        "nothing, ':4'"
    })
    void candidatesAreThoseThatFit(String line, String candidates) {
        assertThat(complete(line)).containsExactly(candidates.split(" ", -1));
    }

    @Test
    void anEmptyWordOffersEverything() {
        assertThat(complete("explain --protocol ")).containsExactly("icmp", "sctp", "tcp", "udp", NO_FILES);
        assertThat(complete("explain "))
                .contains("api-1", "web-1", "shop/", "deploy/", "node/", "world", NO_FILES_NO_SPACE);
        assertThat(complete("whatif --filename ")).containsExactly(FILES);
        assertThat(complete("status -")).contains("--kubeconfig", "--namespace", "--output", "--help");
    }

    @Test
    void theClusterIsTheOneOfTheLine() {
        complete(
                options -> {
                    assertThat(options.context()).isEqualTo("far");
                    assertThat(options.namespace()).isEqualTo("data");
                    return new FakeCluster(new StatusFacts(null, List.of(), Map.of()));
                },
                "explain --context far -n data web-1 --port 80 a");
    }

    @Test
    void aClusterThatDoesNotAnswerDisturbsNobody() {
        assertThat(complete(
                        options -> {
                            throw new NoAnswerException("cannot reach it");
                        },
                        "explain w"))
                .containsExactly(NO_FILES);
    }
}
