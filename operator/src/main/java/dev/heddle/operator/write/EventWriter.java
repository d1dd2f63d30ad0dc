package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import dev.heddle.operator.index.Note;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jboss.logging.Logger;

/** Writes events on objects, where {@code kubectl describe} shows them. */
public final class EventWriter {

    private static final Logger LOG = Logger.getLogger(EventWriter.class);

    private static final String NORMAL = "Normal";
    private static final String WARNING = "Warning";

    /** Where the API has events of objects without a namespace. */
    private static final String OF_CLUSTER_SCOPED = "default";

    /** The API's bound for an event's message. */
    private static final int LONGEST_MESSAGE = 1024;

    private final Applier applier;
    private final InstantSource wall;

    /** @param wall the events' time */
    public EventWriter(Applier applier, InstantSource wall) {
        this.applier = applier;
        this.wall = wall;
    }

    /**
     * Tells a policy's author something, once for each generation of the policy.
     *
     * @param apiVersion of the policy's kind
     * @param namespace empty for cluster-wide policies
     */
    void write(String apiVersion, String namespace, Note note) {
        ObjectReference policy = new ObjectReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(note.about().kind())
                .withNamespace(namespace.equals(Api.CLUSTER_WIDE) ? null : namespace)
                .withName(note.about().name())
                .withUid(note.about().uid())
                .build();
        String version = Long.toString(note.about().generation());
        try (About _ = About.object(
                note.about().kind(),
                namespace,
                note.about().name(),
                note.about().generation())) {
            create(
                    policy,
                    version,
                    note.warning() ? WARNING : NORMAL,
                    note.reason().name(),
                    note.message());
        }
    }

    /** Warns about a namespaced object, once for each of its versions. */
    public void warn(HasMetadata object, String reason, String message) {
        ObjectReference about = new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .build();
        try (About _ = About.object(
                object.getKind(),
                about.getNamespace(),
                about.getName(),
                object.getMetadata().getGeneration())) {
            create(about, object.getMetadata().getResourceVersion(), WARNING, reason, message);
        }
    }

    private void create(ObjectReference about, String version, String type, String reason, String message) {
        String time = wall.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace() == null ? OF_CLUSTER_SCOPED : about.getNamespace())
                .withName(name(about, version + reason + message))
                .endMetadata()
                .withInvolvedObject(about)
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
                .withNewSource()
                .withComponent(Applier.FIELD_MANAGER)
                .endSource()
                .withReportingComponent(Applier.FIELD_MANAGER)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
        LOG.logf(
                type.equals(WARNING) ? Logger.Level.WARN : Logger.Level.DEBUG,
                "%s %s: %s: %s",
                about.getKind(),
                about.getName(),
                reason,
                message);
        try {
            applier.client().resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** An event's name is made of what it says, so that saying it twice adds nothing. */
    private static String name(ObjectReference about, String words) {
        String name = about.getName();
        return (name.length() > 200 ? name.substring(0, 200) : name)
                + "."
                + HexFormat.of().toHexDigits((about.getUid() + words).hashCode());
    }
}
