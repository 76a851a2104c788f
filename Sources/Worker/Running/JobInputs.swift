import Arrays
import Foundation
import Jobs

/// The files that a job names and that belong beside its results: pictures, arrays, defaults.
struct JobInputs {
    /// As the job names them, without the ones outside its folder.
    let paths: [String]
    /// Whether the job names files outside its folder.
    let reachOutside: Bool
    private let folder: String

    /// The inputs of `spec`, a job in `folder` with its own `defaults`.
    ///
    /// - Throws: `ArrayError` when a folder of pictures cannot be read.
    init(of spec: JobSpec, defaults: String?, in folder: String) throws(ArrayError) {
        var found: [String] = []
        for reference in spec.files {
            switch reference.kind {
            case .picture, .array: found.append(reference.path)
            case .pictures: found += try Self.names(matching: Glob(reference.path), in: folder)
            case .dataset, .model: continue
            }
        }
        if let defaults { found.append(defaults) }
        // By bytes: names that look the same may be two.
        var seen: Set<[UInt8]> = []
        paths = found.filter { Self.isBeneath($0) && seen.insert(Array($0.utf8)).inserted }
        reachOutside = !found.allSatisfy(Self.isBeneath)
        self.folder = folder
    }

    /// Copies them to `target`, at the paths that the job names.
    ///
    /// A matrix that the job measured with is in memory still, and there may be no room for it twice.
    ///
    /// - Throws: `ArrayError` when one cannot be copied.
    func copy(to target: String) throws(ArrayError) {
        for path in paths {
            let source = try InputFile("\(folder)/\(path)")
            let place = URL(filePath: "\(target)/\(path)")
            try FolderEntry.makeFolder(place.deletingLastPathComponent().path)
            try OutputFile.copy(source, to: place.path)
        }
    }

    private static func isBeneath(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
    }

    private static func names(
        matching glob: Glob, in folder: String
    ) throws(ArrayError) -> [String] {
        let place = glob.path.hasPrefix("/") ? glob.folder : "\(folder)/\(glob.folder)"
        return try FolderEntry.all(in: place)
            .filter { !$0.isFolder && glob.matches($0.name) }.map(\.name).sorted()
            .map { glob.folder.isEmpty ? $0 : "\(glob.folder)/\($0)" }
    }
}
