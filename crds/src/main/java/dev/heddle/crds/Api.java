package dev.heddle.crds;

/** Names that every custom resource of Heddle shares. */
public final class Api {

    public static final String GROUP = "heddle.dev";
    public static final String VERSION = "v1alpha1";

    /** Stands where a namespace's name does, for the policies that are about the whole cluster. */
    public static final String CLUSTER_WIDE = "";

    /** Label of a PolicyHead: its own name, so that a watch can select several. */
    public static final String HEAD_LABEL = GROUP + "/head";

    /** Label of a PolicySet: the namespace whose rules it holds; empty for cluster-wide rules. */
    public static final String NAMESPACE_LABEL = GROUP + "/namespace";

    /** Annotation of a PolicySet: the sequence of the PolicyHead that it was last written for. */
    public static final String SEQUENCE_ANNOTATION = GROUP + "/sequence";

    /** Category of every kind: {@code kubectl get heddle-all}. */
    public static final String CATEGORY = "heddle-all";

    private Api() {}
}
