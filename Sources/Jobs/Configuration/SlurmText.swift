/// What may be passed on to Slurm's programs.
///
/// Everything is one argument of a program that is started without a shell; these rules keep a
/// mistake from meaning something else to Slurm.
enum SlurmText {
    /// Options of sbatch that say where a job runs and what it gets; those that would change what
    /// it runs, or hide it from the daemon, are not among them.
    static let options = [
        "constraint", "cores-per-socket", "cpus-per-gpu", "exclude", "exclusive", "gpus",
        "gpus-per-node", "gpus-per-task", "hint", "licenses", "mem-per-cpu", "mem-per-gpu",
        "mincpus", "nice", "nodelist", "oversubscribe", "prefer", "priority", "reservation",
        "sockets-per-node", "threads-per-core", "tmp", "wckey",
    ]

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (1...256).contains(text.utf8.count) else { return false }
        return isLetterOrDigit(first)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || "_.,:/@+-".utf8.contains($0) }
    }

    static func isOption(_ text: String) -> Bool {
        guard text.hasPrefix("--"), text.utf8.count <= 1024 else { return false }
        let parts = text.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, options.contains(String(name)) else { return false }
        return parts.dropFirst().allSatisfy { value in
            !value.isEmpty && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
