package dev.heddle.node.cni;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.node.cni.Conflist.Derivation;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflistTest {
    private static final String OURS =
            "{\"type\":\"heddle-cni\",\"socket\":\"/run/heddle/cni.sock\",\"timeoutSeconds\":30}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a list keeps name, version and everything else | 10-x.conflist | {"cniVersion":"1.0.0","name":"pods","disableCheck":true,"plugins":[{"type":"bridge","mtu":1400}]} | {"cniVersion":"1.0.0","name":"pods","disableCheck":true,"plugins":[{"type":"bridge","mtu":1400},OURS]}
                    one plugin becomes a list of one               | 10-x.conf     | {"cniVersion":"0.4.0","name":"pods","type":"ptp","ipam":{"type":"host-local"}}                  | {"cniVersion":"0.4.0","name":"pods","plugins":[{"type":"ptp","ipam":{"type":"host-local"}},OURS]}
                    .json is a file of one plugin too               | 10-x.json     | {"cniVersion":"1.1.0","name":"pods","type":"ptp"}                                               | {"cniVersion":"1.1.0","name":"pods","plugins":[{"type":"ptp"},OURS]}
                    chained by hand is not chained twice            | 10-x.conflist | {"cniVersion":"1.0.0","name":"pods","plugins":[{"type":"ptp"},{"type":"heddle-cni"}]}           | {"cniVersion":"1.0.0","name":"pods","plugins":[{"type":"ptp"},OURS]}
                    """)
    void derived(String why, String file, String base, String expected) {
        assertThat(derive(file, base)).as(why).isInstanceOfSatisfying(Derivation.Derived.class, derived -> {
            assertThat(derived.base()).isEqualTo(file);
            assertThat(json(derived.content())).isEqualTo(json(expected.replace("OURS", OURS)));
        });
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    10-x.conflist | {"cniVersion":"1.0                                        | it is no JSON
                    10-x.conflist | []                                                        | it is no JSON object
                    10-x.conflist | {"cniVersion":"1.0.0","name":"pods","plugins":[]}         | it lists no plugins
                    10-x.conflist | {"cniVersion":"1.0.0","plugins":[{"type":"ptp"}]}         | it has no name
                    10-x.conf     | {"cniVersion":"0.2.0","name":"pods","type":"ptp"}         | its cniVersion "0.2.0" is none of
                    """)
    void unusable(String file, String base, String why) {
        assertThat(derive(file, base))
                .isInstanceOfSatisfying(
                        Derivation.Unusable.class,
                        unusable -> assertThat(unusable.why()).startsWith(why));
    }

    @Test
    void theFirstInLexicalOrderThatIsNotOursIsTheBase() {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("00-readme.txt", "no configuration");
        files.put(Conflist.FILE_NAME, "{}");
        files.put("20-late.conf", "{\"cniVersion\":\"1.0.0\",\"name\":\"late\",\"type\":\"ptp\"}");
        files.put("10-early.conf", "{\"cniVersion\":\"1.0.0\",\"name\":\"early\",\"type\":\"ptp\"}");

        assertThat(Conflist.derive(files, PluginSettings.DEFAULTS))
                .isInstanceOfSatisfying(
                        Derivation.Derived.class,
                        derived -> assertThat(derived.base()).isEqualTo("10-early.conf"));
    }

    @Test
    void withoutABaseThereIsNothingToChainTo() {
        TreeMap<String, String> files = new TreeMap<>();
        files.put(Conflist.FILE_NAME, "{}");

        assertThat(Conflist.derive(files, PluginSettings.DEFAULTS)).isEqualTo(new Derivation.NoBase());
    }

    private static Derivation derive(String file, String content) {
        TreeMap<String, String> files = new TreeMap<>();
        files.put(file, content);
        return Conflist.derive(files, PluginSettings.DEFAULTS);
    }

    private static JsonNode json(String text) {
        try {
            return RequestParser.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
