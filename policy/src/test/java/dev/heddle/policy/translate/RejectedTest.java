package dev.heddle.policy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.text.RuleText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with policies: each problem names the field and says what to do. */
class RejectedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.300/8}}] | from[1].ipBlock.cidr | '10.0.0.300' is not an IP address
            from: [{ipBlock: {cidr: 10.0.0.0}}]                  | from[0].ipBlock.cidr | it has no '/'
            from: [{ipBlock: {cidr: 10.0.0.0/33}}]               | from[0].ipBlock.cidr | a number from 0 to 32
            from: [{ipBlock: {cidr: '2001:db8::/129'}}]          | from[0].ipBlock.cidr | a number from 0 to 128
            from: [{ipBlock: {}}]                                | from[0].ipBlock.cidr | a CIDR is missing
            from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}] | from[0].ipBlock.except[0] | strictly inside 10.0.0.0/8
            from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]  | from[0].ipBlock.except[0] | strictly inside 10.0.0.0/8
            from: [{ipBlock: {cidr: 10.0.0.0/8, except: [x/8]}}] | from[0].ipBlock.except[0] | 'x' is not an IP address
            from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}] | from[0].ipBlock | cannot be combined
            from: [{}]                                           | from[0] | an empty peer
            from: [{podSelector: {}, nodeSelector: {}}]          | from[0].nodeSelector | not known
            from: [{podSelector: {matchExpressions: [{key: a, operator: Near}]}}] | from[0].podSelector.matchExpressions[0].operator | 'Near' is no operator
            from: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}] | from[0].podSelector.matchExpressions[0].values | In needs at least one value
            from: [{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}] | from[0].podSelector.matchExpressions[0].values | Exists takes no values
            from: [{podSelector: {matchExpressions: [{key: 'a b', operator: Exists}]}}] | from[0].podSelector.matchExpressions[0].key | 'a b' is no label key
            from: [{namespaceSelector: {matchLabels: {a: '-'}}}] | from[0].namespaceSelector.matchLabels.a | '-' is no label value
            from: [{ipBlock: {cidr: ''}}]                        | from[0].ipBlock.cidr | a CIDR is missing
            from: [{ipBlock: {cidr: 10.0.0.0/8, only: x}}]       | from[0].ipBlock.only | not known
            from: [{ipBlock: {except: [10.0.0.0/8]}}]            | from[0].ipBlock.cidr | a CIDR is missing
            from: [{podSelector: {matchFields: x}}]              | from[0].podSelector.matchFields | not known
            from: [{podSelector: {matchExpressions: [{key: a, operator: Exists, unless: b}]}}] | from[0].podSelector.matchExpressions[0].unless | not known
            from: [{podSelector: {matchExpressions: [{operator: Exists}]}}] | from[0].podSelector.matchExpressions[0].key | 'null' is no label key
            from: [{podSelector: {matchExpressions: [{key: a, operator: In, values: [b, '-']}]}}] | from[0].podSelector.matchExpressions[0].values[1] | '-' is no label value
            from: [{podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [null]}]}}] | from[0].podSelector.matchExpressions[0].values[0] | 'null' is no label value
            from: [{podSelector: {matchExpressions: [{key: a, operator: DoesNotExist, values: [b]}]}}] | from[0].podSelector.matchExpressions[0].values | DoesNotExist takes no values
            from: [{podSelector: {matchExpressions: [{key: a, operator: NotIn, values: []}]}}] | from[0].podSelector.matchExpressions[0].values | NotIn needs at least one value
            from: [{podSelector: {matchLabels: {'a b': c}}}]     | from[0].podSelector.matchLabels.a b | 'a b' is no label key
            ports: [{port: 80, exceptPort: 81}]                  | ports[0].exceptPort | not known
            ports: [{port: 80, endPort: 65536}]                  | ports[0].endPort | 65536 cannot end a range that starts at 80
            unless: x                                            | unless          | not known
            ports: [{port: 0}]                                   | ports[0].port | 0 is no port
            ports: [{port: 80}, {port: 65536}]                   | ports[1].port | 65536 is no port
            ports: [{port: 80, endPort: 79}]                     | ports[0].endPort | 79 cannot end a range that starts at 80
            ports: [{port: http, endPort: 80}]                   | ports[0].endPort | with the named port 'http'
            ports: [{endPort: 80}]                               | ports[0].endPort | endPort needs a port
            ports: [{port: UPPER}]                               | ports[0].port | 'UPPER' is neither
            ports: [{protocol: ICMP}]                            | ports[0].protocol | 'ICMP' is no protocol
            ports: [{protocol: tcp}]                             | ports[0].protocol | 'tcp' is no protocol
            """, quoteCharacter = '"')
    void namesTheFieldAndClosesItsOwnSubjects(String rule, String field, String message) {
        String spec = "{podSelector: {matchLabels: {app: web}}, ingress: [{}, {" + rule + "}]}";
        Translation translation = translate(spec);
        assertThat(translation).isInstanceOf(Translation.Rejected.class);
        assertThat(translation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().field()).isEqualTo("spec.ingress[1]." + field);
            assertThat(problem.severity()).isEqualTo(Problem.Severity.REJECTED);
            assertThat(problem.message()).contains(message);
        });
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly("spec.podSelector INGRESS DENY {app IN [web]} with anyone on every port");
    }

    @Test
    void anUnreadableSubjectClosesTheWholeNamespace() {
        Translation translation = translate(
                "{podSelector: {matchLabels: {a: b}, matchExpressions: [{key: x, operator: In}]}, egress: [{}]}");
        assertThat(translation.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.origin().field()).isEqualTo("spec.podSelector.matchExpressions[0].values"));
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly(
                        "spec.podSelector INGRESS DENY {} with anyone on every port",
                        "spec.podSelector EGRESS DENY {} with anyone on every port");
    }

    @Test
    void anUnknownPolicyTypeClosesBothDirections() {
        Translation translation = translate("{policyTypes: [Ingress, Sideways]}");
        assertThat(translation.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.origin().field()).isEqualTo("spec.policyTypes[1]"));
        assertThat(translation.rules()).hasSize(2);
    }

    @Test
    void anUnknownFieldMayNarrowTheObject() {
        Translation translation = translate("{podSelector: {}, onlyOn: weekdays, egress: [{sampled: true}]}");
        assertThat(translation).isInstanceOf(Translation.Rejected.class);
        assertThat(translation.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly("spec.onlyOn", "spec.egress[0].sampled");
    }

    @Test
    void everyProblemIsFoundAtOnce() {
        Translation translation =
                translate("{ingress: [{from: [{}], ports: [{port: 0}]}], egress: [{to: [{ipBlock: {cidr: x/1}}]}]}");
        assertThat(translation.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly(
                        "spec.ingress[0].from[0]",
                        "spec.ingress[0].ports[0].port",
                        "spec.egress[0].to[0].ipBlock.cidr");
    }

    private static Translation translate(String spec) {
        return NetworkPolicyTranslator.translate(PolicyYaml.networkPolicy("shop", "p", spec), Datapath.TODAY);
    }
}
