import Jobs

extension JobRegistry {
    /// The jobs that have ended last, the newest first.
    ///
    /// Of all others no more than the name is looked at: an Outbox may have tens of thousands.
    ///
    /// - Parameter count: how many there are at most.
    /// - Returns: the jobs.
    /// - Throws: ``DaemonError`` when the Outbox cannot be read.
    package func newest(_ count: Int) throws(DaemonError) -> [JobEntry] {
        var newest: [(key: ArraySlice<UInt8>, result: ResultName)] = []
        // From behind, as of results with one name the last is the newest.
        for name in try files.names(in: Layout.outbox).reversed() {
            guard let key = name.timeKey else { continue }
            let isOld = newest.last.map { !$0.key.lexicographicallyPrecedes(key) } ?? false
            if newest.count == count, isOld { continue }
            guard let result = name.exactText.flatMap(ResultName.init) else { continue }
            let place = newest.firstIndex { $0.key.lexicographicallyPrecedes(key) }
            newest.insert((key, result), at: place ?? newest.endIndex)
            if newest.count > count { newest.removeLast() }
        }
        return newest.map { JobEntry($0.result) }
    }
}

extension FileName {
    /// Where the identifier is in the name of a result, as identifiers sort by time.
    ///
    /// Nil in a name that is too short for a result's.
    fileprivate var timeKey: ArraySlice<UInt8>? {
        let failure = ".failed"
        let stem = hasSuffix(failure) ? bytes.dropLast(failure.utf8.count) : bytes[...]
        // Before its 22 bytes there are two dashes and a name.
        return stem.count > 24 ? stem.suffix(22) : nil
    }
}
