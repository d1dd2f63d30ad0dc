package dev.heddle.operator.index;

/** A PolicyHead as the API server has it. */
public record HeadObject(String uid, String resourceVersion, HeadSummary says) {

    public String namespace() {
        return says.namespace();
    }
}
