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

    /// The value called `name`.
    package static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
