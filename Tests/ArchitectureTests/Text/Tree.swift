import Foundation

/// A folder laid out like this repository: the repository itself, or a broken twin.
struct Tree {
    let root: URL

    /// The repository that these tests are part of.
    static let repository = Tree(
        root: URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent())

    func url(_ path: String) -> URL { root.appending(path: path) }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

    func text(_ path: String) throws -> String {
        try String(contentsOf: url(path), encoding: .utf8)
    }

    /// The paths of the files in and below `folder` that end in `suffix`, sorted.
    ///
    /// Hidden ones are left out.
    func files(in folder: String = "", suffix: String = "") throws -> [String] {
        guard folder.isEmpty || exists(folder) else { return [] }
        let top = folder.isEmpty ? root.path : url(folder).path
        let prefix = folder.isEmpty ? "" : folder + "/"
        return try Self.visible(in: top).map { prefix + $0 }.filter { $0.hasSuffix(suffix) }
            .sorted()
    }

    /// The names of the folders in `folder`, sorted.
    func folders(in folder: String) throws -> [String] {
        Set(
            try files(in: folder).map { $0.dropFirst(folder.count + 1) }
                .filter { $0.contains("/") }.map { String($0.prefix { $0 != "/" }) }
        ).sorted()
    }

    /// The paths of the visible files below `top`, relative to it.
    ///
    /// Hidden folders, which hold whole builds, are not entered.
    private static func visible(in top: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: top).flatMap { name -> [String] in
            var isFolder = ObjCBool(false)
            let path = "\(top)/\(name)"
            guard !name.hasPrefix("."),
                FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            else { return [] }
            return isFolder.boolValue ? try visible(in: path).map { "\(name)/\($0)" } : [name]
        }
    }
}

/// A temporary tree with these files.
func withTree<Result>(
    _ files: [String: String], _ body: (Tree) throws -> Result
) throws -> Result {
    let root = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    let tree = Tree(root: root)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (path, text) in files {
        let url = tree.url(path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
    return try body(tree)
}
