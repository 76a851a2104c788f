import Glibc

/// The environment that this program was started with.
package enum ProcessEnvironment {
    /// Everything in it, each as `NAME=value`.
    package static var entries: [String] {
        var found: [String] = []
        var next = environ
        while let entry = next.pointee {
            found.append(String(cString: entry))
            next += 1
        }
        return found
    }

    /// What every worker needs: threads that sleep when they wait for others.
    ///
    /// OpenMP's own threads spin, which is ruinous as soon as cores are shared: a job of 12 s took
    /// 277 s beside another. Whoever sets the variable is obeyed.
    package static let patience = "OMP_WAIT_POLICY=PASSIVE"

    /// Whether the way in which threads wait was chosen from outside.
    package static var hasWaitPolicy: Bool { value("OMP_WAIT_POLICY") != nil }

    /// The value called `name`.
    package static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
