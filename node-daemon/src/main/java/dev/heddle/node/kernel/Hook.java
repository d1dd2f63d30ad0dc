package dev.heddle.node.kernel;

/** Where packets of a pod are judged: tcx or clsact hooks of the pod's host-side device. */
public enum Hook {
    /** What the pod sends: ingress of the device. */
    FROM_POD("from_pod"),
    /** What the pod receives: egress of the device. */
    TO_POD("to_pod");

    private final String program;

    Hook(String program) {
        this.program = program;
    }

    /** Name of the program, of its object file and of its pin. */
    public String program() {
        return program;
    }
}
