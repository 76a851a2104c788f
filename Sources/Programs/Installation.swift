import Glibc

/// What surrounds the program where it is installed.
package enum Installation {
    /// The folder that the program lies in.
    package static let folder: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        return parent(of: String(cString: path))
    }()

    /// The program called `name`: the one beside this program, else the first in `searchPath`,
    /// which is written like `$PATH`.
    package static func program(_ name: String, searchPath: String) -> String? {
        let folders = [folder] + searchPath.split(separator: ":").map(String.init)
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Folders of this name that came with the program: `../share/sluice/NAME` beside it, and
    /// `NAME` of a source tree that it was built in.
    package static func folders(named name: String) -> [String] {
        var parts = folder.split(separator: "/").map(String.init)
        var found = [joined(parts.dropLast() + ["share", "sluice", name])]
        while let last = parts.popLast() {
            if last == ".build" { found.append(joined(parts + [name])) }
        }
        return found.filter { access($0, R_OK | X_OK) == 0 }
    }

    private static func parent(of path: String) -> String {
        joined(path.split(separator: "/").map(String.init).dropLast())
    }

    private static func joined(_ parts: some Sequence<String>) -> String {
        "/" + parts.joined(separator: "/")
    }
}
