/// Jobs of a Slurm cluster that shares the root with this machine.
package struct SlurmExecutorSpec: Equatable, Sendable {
    /// nil leaves it to Slurm, here and below.
    package var partition: String?
    /// How long an attempt may run; nil is the time limit of the daemon.
    package var time: Duration?
    /// Generic resources such as `gpu:1`.
    package var gres: String?
    package var cpus: Int
    package var memory: ByteCount?
    package var account: String?
    package var qos: String?
    /// Further options of sbatch.
    package var extra: [String]
    package var device: LocalExecutorSpec.Device
    /// How many attempts may be pending or running in Slurm at a time.
    package var jobs: Int
    /// How often Slurm is asked what has become of them.
    package var check: Duration

    package init(
        partition: String? = nil, time: Duration? = nil, gres: String? = nil, cpus: Int = 1,
        memory: ByteCount? = nil, account: String? = nil, qos: String? = nil,
        extra: [String] = [], device: LocalExecutorSpec.Device = .auto, jobs: Int = 16,
        check: Duration = .seconds(10)
    ) {
        self.partition = partition
        self.time = time
        self.gres = gres
        self.cpus = cpus
        self.memory = memory
        self.account = account
        self.qos = qos
        self.extra = extra
        self.device = device
        self.jobs = jobs
        self.check = check
    }
}
