import Arrays
import Foundation
import Images
import Jobs
import TestSupport
import Testing
import Worker

@Suite struct ProbeTests {
    /// A folder with good and bad files.
    private func fill(_ folder: URL) throws {
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: folder.appending(path: name))
        }
        let files = FileManager.default
        try files.createDirectory(
            at: folder.appending(path: "sub"), withIntermediateDirectories: true)
        let samples = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let picture = try Picture(pixels: HostArray(samples, shape: [10, 10, 3]))
        let png = try picture.png()
        let jpeg = try picture.jpeg(quality: 90)
        let numbers = HostArray([Float](repeating: 0.5, count: 100), shape: [1, 10, 10])
        let npy = try NPYFile(numbers).serialized()
        try write(png, "good.png")
        try write(jpeg, "sub/good.jpg")
        try write(npy, "good.npy")
        // Told by its content.
        try write(jpeg, "really-jpeg.png")
        try write(Array(png.dropLast(40)), "cut.png")
        try write(Array(jpeg.prefix(jpeg.count / 2)), "cut.jpg")
        try write(Array(npy.dropLast(3)), "cut.npy")
        try write([], "empty.png")
        try write(Array("not a picture".utf8), "text.png")
        try files.createSymbolicLink(
            atPath: folder.appending(path: "link.png").path, withDestinationPath: "good.png")
        try files.createSymbolicLink(
            atPath: folder.appending(path: "linked").path, withDestinationPath: "sub")
        #expect(mkfifo(folder.appending(path: "pipe.png").path, 0o600) == 0)
    }

    /// The names of the bad ones of `pictures`.
    private func bad(
        _ pictures: [String], limits: WorkerRequest.Limits = .init()
    ) throws -> [String] {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let found = Probe(directory: folder.path, limits: limits).bad(of: pictures)
            #expect(found.allSatisfy { !$0.reason.isEmpty && $0.fault != .unreachable })
            return found.map(\.picture)
        }
    }

    @Test func `whole pictures are good, whatever they are called`() throws {
        #expect(
            try bad(["good.png", "sub/good.jpg", "good.npy", "really-jpeg.png"]) == [])
    }

    @Test(arguments: [
        "cut.png", "cut.jpg", "cut.npy", "empty.png", "text.png", "missing.png", "sub",
        "link.png", "linked/good.jpg", "pipe.png", "../x.png", "sub/../../x.png", "/etc/passwd",
        "", ".",
    ])
    func `damaged, missing and foreign files are bad`(_ name: String) throws {
        #expect(try bad(["good.png", name]) == [name])
    }

    @Test(
        arguments: [
            ("cut.png", .truncated), ("cut.jpg", .truncated), ("cut.npy", .truncated),
            ("empty.png", .truncated), ("text.png", .damaged), ("missing.png", .damaged),
            ("link.png", .damaged), ("pipe.png", .damaged), ("bent.png", .damaged),
        ] as [(String, WorkerEvent.Probed.Bad.Fault)])
    func `a picture that ends too early is told from one that is damaged`(
        _ name: String, _ fault: WorkerEvent.Probed.Bad.Fault
    ) throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            var bent = try [UInt8](Data(contentsOf: folder.appending(path: "good.png")))
            bent[bent.count / 2] ^= 0x55
            try Data(bent).write(to: folder.appending(path: "bent.png"))
            let found = Probe(directory: folder.path, limits: .init()).bad(of: [name])
            #expect(found.map(\.fault) == [fault])
        }
    }

    @Test func `nothing is known of pictures in a folder that cannot be opened`() {
        let found = Probe(directory: "/is/not/there", limits: .init()).bad(of: ["a.png"])
        #expect(found.map(\.fault) == [.unreachable])
        #expect(found.first?.reason.hasPrefix("/is/not/there: ") == true)
    }

    @Test func `what passes by itself is no fault of a picture`() {
        func isPassing(_ code: Int32) -> Bool {
            ArrayError.Reason.system(operation: .open, code: code).isPassing
        }
        #expect([EIO, EACCES, EMFILE, ENFILE, ENOMEM, ESTALE].allSatisfy(isPassing))
        #expect(![ENOENT, ELOOP, EXDEV, EISDIR, ENAMETOOLONG].contains(where: isPassing))
        #expect(!ArrayError.Reason.malformed("is cut").isPassing)
    }

    @Test func `a picture is found in a folder whose name is not UTF-8`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let name = Array("\(folder.path)/caf".utf8) + [0xE9, 0]
            let moved = rename(
                folder.appending(path: "sub").path, name.map(CChar.init(bitPattern:)))
            #expect(moved == 0)
            let pictures = [#"caf\xE9/good.jpg"#, "caf\u{FFFD}/good.jpg", #"caf\xE9/none.jpg"#]
            let found = Probe(directory: folder.path, limits: .init()).bad(of: pictures)
            #expect(found.map(\.picture) == Array(pictures.dropFirst()))
        }
    }

    @Test func `large pictures are bad before they are decoded`() throws {
        let limits = WorkerRequest.Limits(pixels: 99)
        #expect(
            try bad(["good.png", "sub/good.jpg"], limits: limits) == ["good.png", "sub/good.jpg"])
        // 100 numbers may be 33 pixels with three channels, and are more than 32.
        #expect(try bad(["good.npy"], limits: .init(pixels: 32)) == ["good.npy"])
        #expect(try bad(["good.npy"], limits: .init(pixels: 34)) == [])
    }

    @Test func `too many pictures are bad from the first one too many`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let request = WorkerRequest.probe(
                .init(
                    request: 2, directory: folder.path,
                    pictures: ["good.png", "good.npy", "sub/good.jpg"],
                    limits: .init(pictures: 2)))
            let events = try Dialogue([Dialogue.line(request)], in: folder).events
            guard case .probed(let event) = events.last else {
                Issue.record("there is no answer")
                return
            }
            #expect(event.request == 2)
            #expect(event.bad.map(\.picture) == ["sub/good.jpg"])
        }
    }

    @Test func `every cut of a picture is noticed`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let png = try [UInt8](Data(contentsOf: folder.appending(path: "good.png")))
            let probe = Probe(directory: folder.path, limits: .init())
            for count in stride(from: 0, to: png.count - 12, by: 16) {
                try Data(png.prefix(count)).write(to: folder.appending(path: "part.png"))
                let found = probe.bad(of: ["part.png"])
                #expect(found.map(\.fault) == [.truncated], "\(count) bytes")
            }
        }
    }
}
