import Glibc

/// What surrounds the program where it is installed.
enum Installation {
    /// The folder that the program lies in.
    static let folder: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        return String(cString: path).split(separator: "/").dropLast()
            .reduce(into: "") { $0 += "/" + $1 }
    }()

    /// Folders of this name that came with the program: `../share/sluice/NAME` beside it, and
    /// `NAME` of a source tree that it was built in.
    static func folders(named name: String) -> [String] {
        var parts = folder.split(separator: "/")
        var found = [
            "/" + (parts.dropLast() + ["share", "sluice", Substring(name)]).joined(separator: "/")
        ]
        while let last = parts.popLast() {
            if last == ".build" {
                found.append("/" + (parts + [Substring(name)]).joined(separator: "/"))
            }
        }
        return found.filter { access($0, R_OK | X_OK) == 0 }
    }

    /// What a worker gets to see of the environment.
    static var environment: [String] {
        var found: [String] = []
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if isForWorkers(text) { found.append(text) }
            next += 1
        }
        return found
    }

    private static func isForWorkers(_ entry: String) -> Bool {
        let names = ["PATH=", "HOME=", "LANG=", "TZ=", "TMPDIR=", "LD_LIBRARY_PATH=", "LIBTORCH="]
        let families = ["LC_", "OMP_", "MKL_", "CUDA_", "NVIDIA_", "PYTORCH_", "SLUICE_"]
        return (names + families).contains(where: entry.hasPrefix)
    }
}
