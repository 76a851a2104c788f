/// Makes a data set: pictures from any sources become IDX files and a manifest.
///
/// Pictures are read one after another, prepared on all cores and written in the order of their
/// sources; memory holds a few hundred at a time. The files appear when all of them are complete
/// and on the disk, the manifest last; until then nothing is visible.
package struct DatasetPreparation: Sendable {
    /// What becomes of pictures that cannot be decoded or prepared.
    package enum BadPictures: Sendable { case refuse, skip }

    /// What becomes of files that have the names of the new ones.
    package enum ExistingFiles: Sendable { case refuse, replace }

    package var sources: [String]
    package var output: DatasetFiles
    package var picture: PicturePreparation
    /// nil puts all pictures into one file.
    package var split: Split?
    package var seed: UInt64
    package var excluded: ExcludedNames
    package var badPictures: BadPictures
    package var existingFiles: ExistingFiles
    /// What the manifest names as the program.
    package var software: String

    package init(
        sources: [String], output: DatasetFiles, picture: PicturePreparation = .init(),
        split: Split? = nil, seed: UInt64 = 0, excluded: ExcludedNames = .init(),
        badPictures: BadPictures = .refuse, existingFiles: ExistingFiles = .refuse,
        software: String
    ) {
        self.sources = sources
        self.output = output
        self.picture = picture
        self.split = split
        self.seed = seed
        self.excluded = excluded
        self.badPictures = badPictures
        self.existingFiles = existingFiles
        self.software = software
    }

    /// What happens while the work goes on.
    package enum Event: Equatable, Sendable {
        /// These lines of the list of exclusions name no picture.
        case unmatchedExclusions([String])
        case skipped(DatasetManifest.Skipped)
        /// So many pictures have been dealt with.
        case progress(done: Int, total: Int)
    }

    /// Does the work, calling `report` between batches.
    ///
    /// - Throws: `DatasetError`, or what `report` throws; then no file has appeared.
    package func run(report: (Event) throws -> Void) throws -> DatasetManifest {
        try checkOutput()
        let plan = try PreparationPlan(self)
        if !plan.unmatchedExclusions.isEmpty {
            try report(.unmatchedExclusions(plan.unmatchedExclusions))
        }
        let digests = SourceDigests(of: plan.sources)
        let worker = PreparationWorker(
            picture: picture, layout: try plan.layout(for: self), badPictures: badPictures)
        let output = try PreparedFiles(self, itemShape: worker.layout.itemShape)
        let reader = BatchReader(plan, itemSize: worker.layout.itemShape.reduce(1, *))
        var done = 0
        while let batches = try reader.next() {
            for result in mapConcurrently(batches, worker.prepare) {
                let prepared = try result.get()
                try output.append(prepared)
                for skipped in prepared.skipped { try report(.skipped(skipped)) }
            }
            done += batches.reduce(0) { $0 + $1.items.count }
            try report(.progress(done: done, total: plan.count))
        }
        return try output.publish(plan: plan, digests: try digests.wait())
    }
}
