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

    /// Folders of this name that came with the program: `share/sluice/NAME` of the prefix that it
    /// is installed in, as `bin/PROGRAM` or `lib/sluice/PROGRAM`, and `NAME` of a source tree that
    /// it was built in.
    package static func folders(named name: String) -> [String] {
        folders(named: name, for: folder).filter { access($0, R_OK | X_OK) == 0 }
    }

    /// Where the folders would be for a program that lies in `folder`.
    package static func folders(named name: String, for folder: String) -> [String] {
        var parts = folder.split(separator: "/").map(String.init)
        let depth = parts.suffix(2) == ["lib", "sluice"] ? 2 : 1
        var found = [joined(parts.dropLast(depth) + ["share", "sluice", name])]
        while let last = parts.popLast() {
            if last == ".build" { found.append(joined(parts + [name])) }
        }
        return found
    }

    private static func parent(of path: String) -> String {
        joined(path.split(separator: "/").map(String.init).dropLast())
    }

    private static func joined(_ parts: some Sequence<String>) -> String {
        "/" + parts.joined(separator: "/")
    }
}
