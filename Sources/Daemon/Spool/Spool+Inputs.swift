import Jobs

/// How the files that a job names get into its result: always as they were copied, so that the result
/// says what was solved and nobody can change it any more.
extension Spool {
    /// Where the copy of a file lies, and where it belongs.
    private struct Placement {
        let number: Int
        let copy: SpoolPath
        let place: SpoolPath
    }

    /// Moves the copies of the pictures into `target`, with the folder that the job came in.
    func gatherInputs(of record: JobRecord, into target: SpoolPath) throws(DaemonError) {
        if let submission = try submission(of: record.id), submission.isFolder {
            try files.move(Layout.submitted(record.id) / submission.name, to: target)
        }
        guard !record.inputs.isEmpty else { return }
        try files.ensureFolder(target)
        let placements = placements(of: record, in: target)
        try setAside(placements, of: record.id, beneath: target)
        for placement in placements {
            // A submitted folder that is closed keeps what was in it.
            try files.spare(placement.place, in: [target]) { () throws(DaemonError) in
                try put(placement, beneath: target)
            }
        }
    }

    /// Takes what was gathered back out of the folders of attempts that are given up.
    func takeBackInputs(of record: JobRecord) throws(DaemonError) {
        for name in try files.names(in: Layout.job(record.id)) where name.hasPrefix("run.") {
            let folder = Layout.job(record.id) / name / "inputs"
            guard try files.stamp(of: folder)?.kind == .folder else { continue }
            for placement in placements(of: record, in: folder) {
                try files.spare(placement.place, in: [folder]) { () throws(DaemonError) in
                    try takeBack(placement)
                }
            }
            // A job file would be there still.
            guard try submission(of: record.id) == nil else { continue }
            try files.move(folder, to: Layout.submitted(record.id) / record.name)
        }
    }

    private func takeBack(_ placement: Placement) throws(DaemonError) {
        guard try !files.exists(placement.copy), try files.exists(placement.place) else { return }
        try files.rename(placement.place, to: placement.copy, replacing: false)
        try files.sync(placement.copy.parent)
    }

    private func placements(of record: JobRecord, in target: SpoolPath) -> [Placement] {
        record.inputs.enumerated().compactMap { number, input in
            guard let copy = Layout.inputs(record.id).beneath(input.path),
                let place = target.beneath(input.path)
            else { return nil }
            return Placement(number: number, copy: copy, place: place)
        }
    }

    /// Moves originals out of a submitted folder whose copies are still to take their places.
    private func setAside(
        _ placements: [Placement], of id: String, beneath target: SpoolPath
    ) throws(DaemonError) {
        let folder = Layout.replaced(id)
        var hasAny = false
        for placement in placements {
            try files.spare(placement.place, in: [target]) { () throws(DaemonError) in
                guard try files.exists(placement.copy), try files.exists(placement.place) else {
                    return
                }
                if !hasAny { try files.ensureFolder(folder) }
                hasAny = true
                try files.rename(
                    placement.place, to: folder / "\(placement.number)", replacing: false)
            }
        }
        // Before the copies get their names, or a power cut might leave the originals none.
        if hasAny { try files.sync(folder) }
    }

    private func put(_ placement: Placement, beneath target: SpoolPath) throws(DaemonError) {
        let place = placement.place
        if try files.exists(place) { return }
        for folder in place.ancestors.dropFirst(target.names.count) {
            try files.ensureFolder(folder)
        }
        guard try files.exists(placement.copy) else { return }
        try files.rename(placement.copy, to: place, replacing: false)
    }
}
