import Glibc

/// Where Slurm's programs are, as absolute paths.
package struct SlurmPrograms: Equatable, Sendable {
    package var sbatch: String
    package var squeue: String
    package var scontrol: String
    package var scancel: String
    /// Only where there is accounting; nil when the program is not installed.
    package var sacct: String?

    private static let needed = ["sbatch", "squeue", "scontrol", "scancel"]

    /// The programs in the folders of `searchPath`, which is written like `$PATH`; nil when one of
    /// them is in none.
    package init?(searchPath: String) {
        let found = Self.needed.compactMap { Self.find($0, searchPath) }
        guard found.count == Self.needed.count else { return nil }
        sbatch = found[0]
        squeue = found[1]
        scontrol = found[2]
        scancel = found[3]
        sacct = Self.find("sacct", searchPath)
    }

    /// The programs that are needed and in no folder of `searchPath`.
    package static func missing(searchPath: String) -> [String] {
        needed.filter { find($0, searchPath) == nil }
    }

    private static func find(_ name: String, _ searchPath: String) -> String? {
        searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }
}
