package dev.heddle.operator.install;

import dev.heddle.crds.Api;
import dev.heddle.crds.Heddle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about the ConfigMap {@code heddle-default}, whose text is the manifest of a Heddle.
 *
 * <p>kubectl looks up every kind of a stream before it applies the first object, so a Heddle cannot be in the stream
 * that brings its CRD; this text can. It is used once: a Heddle that somebody deletes does not come back by itself.
 */
sealed interface DefaultHeddle {

    /** The ConfigMap's name. */
    String CONFIG_MAP = "heddle-default";

    /** The key of the manifest. */
    String KEY = "heddle.yaml";

    /** Annotation of a used ConfigMap: the name of the Heddle that was there or was made. */
    String INSTALLED_AS = Api.GROUP + "/installed-as";

    /** Where errors are, as the API server would write it. */
    String FIELD = "data[" + KEY + "]";

    /** The ConfigMap was used before. */
    record Done() implements DefaultHeddle {}

    /** The Heddle is being deleted; what comes after it cannot be created yet. */
    record Wait() implements DefaultHeddle {}

    /** A Heddle of this name exists: whoever made it wants that one. */
    record Mark(String heddle) implements DefaultHeddle {}

    /**
     * There is no Heddle.
     *
     * @param heddle the text as it is, so that the API server sees every field that the user wrote
     */
    record Create(GenericKubernetesResource heddle) implements DefaultHeddle {}

    /** The text is not a Heddle. */
    record Refuse(String message) implements DefaultHeddle {}

    /**
     * Decides.
     *
     * @param heddles all that are in the cluster now
     */
    static DefaultHeddle next(ConfigMap source, List<Heddle> heddles) {
        Map<String, String> annotations = source.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(INSTALLED_AS)) {
            return new Done();
        }
        Optional<Heddle> there =
                heddles.stream().filter(heddle -> !heddle.isMarkedForDeletion()).findFirst();
        if (there.isPresent()) {
            return new Mark(there.get().getMetadata().getName());
        }
        return heddles.isEmpty() ? read(source.getData()) : new Wait();
    }

    private static DefaultHeddle read(@Nullable Map<String, String> data) {
        String text = data == null ? null : data.get(KEY);
        if (text == null || text.isBlank()) {
            return new Refuse(FIELD + ": is missing; it must be the manifest of a Heddle");
        }
        GenericKubernetesResource object;
        try {
            object = new KubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
        } catch (RuntimeException e) {
            return new Refuse(FIELD + ": is not a manifest: " + cause(e));
        }
        if (!HasMetadata.getApiVersion(Heddle.class).equals(object.getApiVersion())
                || !HasMetadata.getKind(Heddle.class).equals(object.getKind())) {
            return new Refuse(FIELD + ": must be a Heddle of " + HasMetadata.getApiVersion(Heddle.class) + ", not '"
                    + object.getKind() + "' of '" + object.getApiVersion() + "'");
        }
        return new Create(object);
    }

    /** The parser's own words, which name the line. */
    private static String cause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString())
                .strip()
                .replaceAll("\\s+", " ");
    }
}
