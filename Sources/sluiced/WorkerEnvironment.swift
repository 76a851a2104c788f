import Programs

/// What workers get to see of the daemon's environment.
enum WorkerEnvironment {
    private static let names = [
        "PATH=", "HOME=", "LANG=", "TZ=", "TMPDIR=", "LD_LIBRARY_PATH=", "LIBTORCH=",
    ]
    private static let families = [
        "LC_", "OMP_", "MKL_", "CUDA_", "NVIDIA_", "PYTORCH_", "SLUICE_",
    ]

    static var entries: [String] {
        let kept = ProcessEnvironment.entries.filter {
            (names + families).contains(where: $0.hasPrefix)
        }
        return ProcessEnvironment.hasWaitPolicy ? kept : kept + [ProcessEnvironment.patience]
    }

    /// What Slurm's programs need besides: where their configuration is.
    static var slurm: [String] {
        ProcessEnvironment.value("SLURM_CONF").map { ["SLURM_CONF=\($0)"] } ?? []
    }
}
