import Images

/// Which picture of which source goes into which part.
struct PreparationPlan {
    let sources: [any PictureSource]
    /// For every picture of every source the index of its part; nil leaves it out.
    let parts: [[Int?]]
    /// The lines of the list of exclusions that excluded nothing.
    let unmatchedExclusions: [String]

    /// The number of pictures that are not left out.
    var count: Int { parts.reduce(0) { $0 + $1.count { $0 != nil } } }

    /// Lists the pictures of all sources and divides them.
    ///
    /// - Throws: `DatasetError` when a source cannot be read, there are no pictures, a part
    ///   would be empty, or a source would be overwritten.
    init(_ preparation: DatasetPreparation) throws(DatasetError) {
        var sources: [any PictureSource] = []
        var isIncluded: [[Bool]] = []
        var unmatched = preparation.excluded.lines
        for (index, path) in preparation.sources.enumerated() {
            guard !preparation.sources[..<index].contains(path) else {
                throw DatasetError(.setting("is given twice"), in: path)
            }
            let source = try SourceKind.source(at: path)
            sources.append(source)
            isIncluded.append(
                try source.names().map { name in
                    guard let line = preparation.excluded.line(matching: name) else { return true }
                    unmatched.remove(line)
                    return false
                })
        }
        let count = isIncluded.reduce(0) { $0 + $1.count { $0 } }
        guard count > 0 else {
            throw DatasetError(
                .pictures("there are no pictures"),
                in: preparation.sources.joined(separator: ", "))
        }
        let assignment =
            try preparation.split?.assignment(count: count, seed: preparation.seed)
            ?? [Int](repeating: 0, count: count)
        self.sources = sources
        var next = assignment.makeIterator()
        parts = isIncluded.map { source in source.map { $0 ? next.next() : nil } }
        unmatchedExclusions = unmatched.sorted()
    }

    /// The common shape of the prepared pictures, which the first good one shows.
    ///
    /// - Throws: `DatasetError` when there is no good one, or bad ones are refused and the first
    ///   is bad.
    func layout(for preparation: DatasetPreparation) throws(DatasetError) -> IDXWriter.Layout {
        let path = preparation.output.path(part: nil)
        var failure: DatasetError?
        for (source, parts) in zip(sources, parts) {
            let reader = try source.reader()
            for part in parts {
                guard let name = try reader.next() else { break }
                if part == nil { continue }
                let item = PreparationItem(
                    source: source.path, name: name, part: 0, reading: reader)
                do throws(DatasetError) {
                    let picture = try item.prepared(by: preparation.picture)
                    return IDXWriter.Layout(itemShape: picture.idxShape, path: path)
                } catch {
                    if preparation.badPictures == .refuse { throw error.aboutPicture() }
                    failure = failure ?? error
                }
            }
        }
        throw failure ?? DatasetError(.pictures("there are no pictures"), in: path)
    }
}

extension Picture {
    /// The shape of one picture in an IDX file: gray ones have no axis for channels.
    var idxShape: [Int] { channels == 1 ? [height, width] : [height, width, channels] }
}
