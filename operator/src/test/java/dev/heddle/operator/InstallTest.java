package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.HeddleSpec.OnDelete;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code kubectl apply -k config/default} leads to: the first Heddle, once. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class InstallTest {

    private static final Path MANIFEST = Path.of("../config/default/heddle/heddle.yaml");

    @KubeConfig
    static String kubeConfig;

    private static Api api;
    private KubernetesClient client;
    private RunningOperator operator;

    @BeforeAll
    static void install() throws Exception {
        api = new Api(kubeConfig);
        api.install();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @BeforeEach
    void start() {
        client = api.asOperator();
        operator = new RunningOperator(client).lead();
    }

    @AfterEach
    void stop() throws Exception {
        source().delete();
        heddle().delete();
        await("the Heddle is gone", () -> heddle().get() == null);
        operator.close();
        client.close();
    }

    @Test
    void theHeddleOfTheConfigMapIsMadeAndInstalled() throws Exception {
        apply(Files.readString(MANIFEST));

        await("the ConfigMap says what was made of it", () -> "heddle".equals(mark()));
        assertThat(heddle().require().getSpec())
                .isEqualTo(api.admin
                        .getKubernetesSerialization()
                        .unmarshal(Files.readString(MANIFEST), Heddle.class)
                        .getSpec());
        await("the node daemon is deployed", () -> daemons() == 1);
    }

    @Test
    void aDeletedHeddleComesBackOnlyWithANewConfigMap() throws Exception {
        apply(Files.readString(MANIFEST));
        await("the ConfigMap says what was made of it", () -> mark() != null);
        heddle().delete();
        await("the Heddle is gone", () -> heddle().get() == null);

        operator.close();
        operator = new RunningOperator(client).lead();
        await("the new operator has looked", () -> operator.hasReconciled(source().require()));
        assertThat(heddle().get()).as("uninstalled is uninstalled").isNull();

        source().delete();
        apply(Files.readString(MANIFEST));
        await("the Heddle is back", () -> heddle().get() != null);
    }

    /** The operator may be about to put its finalizer on what is gone by then. */
    @Test
    void aHeddleThatIsDeletedAsItIsMadeIsGone() throws Exception {
        for (int i = 0; i < 30; i++) {
            Heddle made = new Heddle();
            made.getMetadata().setName(Heddle.NAME);
            made.setSpec(HeddleSpec.DEFAULTS);
            api.admin.resource(made).create();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(i));
            heddle().delete();
            await("the Heddle is gone", () -> heddle().get() == null);
        }
    }

    @Test
    void aHeddleThatIsThereIsLeftAlone() throws Exception {
        Heddle own = new Heddle();
        own.getMetadata().setName(Heddle.NAME);
        own.setSpec(new HeddleSpec(
                HeddleSpec.DEFAULT_IMAGE,
                HeddleSpec.PullPolicy.Always,
                null,
                HeddleSpec.Cni.DEFAULTS,
                null,
                new HeddleSpec.Services(false),
                new HeddleSpec.Metrics(9500),
                OnDelete.Keep));
        own = api.admin.resource(own).create();
        apply(Files.readString(MANIFEST));

        await("the ConfigMap names the Heddle that is there", () -> "heddle".equals(mark()));
        assertThat(heddle().require().getMetadata().getUid())
                .isEqualTo(own.getMetadata().getUid());
        assertThat(heddle().require().getSpec()).isEqualTo(own.getSpec());
    }

    @Test
    void aHeddleThatIsBeingDeletedIsWaitedFor() throws Exception {
        Heddle going = new Heddle();
        going.getMetadata().setName(Heddle.NAME);
        going.getMetadata().setFinalizers(List.of("example.org/wait"));
        going.setSpec(HeddleSpec.DEFAULTS);
        String uid = api.admin.resource(going).create().getMetadata().getUid();
        heddle().delete();
        apply(Files.readString(MANIFEST));
        await("the operator has looked", () -> operator.hasReconciled(source().require()));
        assertThat(mark()).isNull();

        heddle().edit(heddle -> {
            heddle.getMetadata().getFinalizers().remove("example.org/wait");
            return heddle;
        });
        await(
                "the next Heddle is there",
                () -> heddle().get() != null
                        && !heddle().require().getMetadata().getUid().equals(uid));
    }

    @Test
    void anInstallationWhoseKindWasDeletedCanBeMadeAnew() throws Exception {
        apply(Files.readString(MANIFEST));
        await("the ConfigMap says what was made of it", () -> mark() != null);
        var kind = api.admin.apiextensions().v1().customResourceDefinitions().withName("heddles.heddle.dev");
        kind.delete();
        await("the kind is gone, and its object with it", () -> kind.get() == null);

        source().delete();
        apply(Files.readString(MANIFEST));
        api.applyFolder("crd");
        await("the Heddle is back", () -> mark() != null);
        await("it is followed", () -> {
            Heddle now = heddle().get();
            return now != null && now.getStatus() != null;
        });
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            kind: Heddle   | kind: Secret    | must be a Heddle of heddle.dev/v1alpha1, not 'Secret'
            image:         | imag:           | unknown field "spec.imag"
            chaining: true | chaining: maybe | spec.cni.chaining: Invalid value: "string"
            name: heddle   | name: other     | there is one Heddle for a cluster, named 'heddle'
            spec:          | 'a: [spec:'     | is not a manifest: while parsing
            """)
    void whatIsNotAHeddleIsNamedInAnEventAndTheOperatorGoesOn(String good, String bad, String message)
            throws Exception {
        String manifest = Files.readString(MANIFEST);
        assertThat(manifest).contains(good);
        apply(manifest.replaceFirst(good, bad));

        String uid = source().require().getMetadata().getUid();
        await("there is a warning", () -> !warnings(uid).isEmpty());
        assertThat(warnings(uid)).singleElement().satisfies(event -> {
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("ConfigMap");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("heddle-default");
            assertThat(event.getMessage()).startsWith("data[heddle.yaml]: ").contains(message);
        });
        assertThat(mark()).isNull();

        source().edit(map -> new ConfigMapBuilder(map)
                .withData(Map.of("heddle.yaml", manifest))
                .build());
        await("the corrected text is used", () -> heddle().get() != null);
    }

    private static void apply(String text) {
        api.admin
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(RunningOperator.NAMESPACE)
                        .withName("heddle-default")
                        .endMetadata()
                        .addToData("heddle.yaml", text)
                        .build())
                .create();
    }

    private static Resource<ConfigMap> source() {
        return api.admin.configMaps().inNamespace(RunningOperator.NAMESPACE).withName("heddle-default");
    }

    private static Resource<Heddle> heddle() {
        return api.admin.resources(Heddle.class).withName(Heddle.NAME);
    }

    private static String mark() {
        Map<String, String> annotations = source().require().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get("heddle.dev/installed-as");
    }

    private static int daemons() {
        return api.admin
                .apps()
                .daemonSets()
                .inNamespace(RunningOperator.NAMESPACE)
                .list()
                .getItems()
                .size();
    }

    private static List<Event> warnings(String uid) {
        return api.admin.v1().events().inNamespace(RunningOperator.NAMESPACE).list().getItems().stream()
                .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
                .filter(event -> "Warning".equals(event.getType()))
                .toList();
    }
}
