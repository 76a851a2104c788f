import Daemon
import Jobs
import Testing

/// Three flat jobs that name one picture: whichever of them ends first, the others still get it.
@Suite struct SharedPictureTests {
    private static let jobs = ["one", "three", "two"]

    private func disk(seed: UInt64) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: seed)
        try disk.createFolder(Layout.inbox)
        for job in Self.jobs {
            try disk.create(Layout.inbox / FileName("\(job).yaml"), holding: Array("p.png".utf8))
        }
        try disk.create(Layout.inbox / "p.png", holding: Array("picture".utf8))
        // It was there long before the daemon started.
        disk.restart(.everything)
        return disk
    }

    @Test(arguments: SimulatedDisk.Survival.allCases)
    func `a power cut at any operation takes the picture from nobody`(
        _ survival: SimulatedDisk.Survival
    ) throws {
        var operation = 1
        while try cutPower(at: operation, survival) { operation += 1 }
        #expect(operation > 60)
    }

    @Test(arguments: 1...3)
    func `a disk that was full during a copy takes the picture from nobody`(_ job: Int) throws {
        let disk = try disk(seed: 0)
        disk.fill(1, at: "00000\(job)/in/")
        try SimulatedDaemon(disk: disk, identifiers: .init()).run()
        try expectAllDone(disk)
    }

    @Test func `a power cut while the disk is full takes the picture from nobody`() throws {
        for operation in stride(from: 1, through: 120, by: 7) {
            let disk = try disk(seed: UInt64(operation))
            let identifiers = SimulatedDaemon.Counter()
            disk.fill(2, at: "000002/in/")
            try runUntilPowerCut(disk, identifiers, at: disk.operations + operation)
            disk.restart(.anything)
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
            try expectAllDone(disk, "cut at \(operation)")
        }
    }

    /// - Returns: false when the daemon was done before the operation.
    private func cutPower(at operation: Int, _ survival: SimulatedDisk.Survival) throws -> Bool {
        let disk = try disk(seed: UInt64(operation))
        let identifiers = SimulatedDaemon.Counter()
        let wasCut = try runUntilPowerCut(disk, identifiers, at: disk.operations + operation)
        if wasCut {
            disk.restart(survival)
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        }
        try expectAllDone(disk, "cut at \(operation), \(survival)")
        return wasCut
    }

    /// - Returns: whether the power was cut.
    @discardableResult
    private func runUntilPowerCut(
        _ disk: SimulatedDisk, _ identifiers: SimulatedDaemon.Counter, at operation: Int
    ) throws -> Bool {
        disk.fail(at: operation)
        do {
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        } catch let error as DaemonError {
            guard disk.hasFailed else { throw error }
            return true
        }
        // What is cleared away last fails without a word.
        if disk.hasFailed { return true }
        disk.fail(at: nil)
        return false
    }

    private func expectAllDone(_ disk: SimulatedDisk, _ comment: Comment? = nil) throws {
        let results = try disk.names(in: Layout.outbox).map(\.text).compactMap(ResultName.init)
        #expect(results.map(\.name.text).sorted() == Self.jobs, comment)
        #expect(results.allSatisfy { !$0.hasFailed }, comment)
        #expect(try disk.names(in: Layout.inbox).isEmpty, comment)
        for result in results {
            let picture = Layout.outbox / "\(result)" / "inputs" / "p.png"
            #expect(try disk.read(picture, limit: 1000) == Array("picture".utf8), comment)
        }
    }
}
