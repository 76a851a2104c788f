import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// The live picture of a job, sent by the real program.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RunningPictureTests {
    private static let id = "20260102-000000-00000c"
    private static let address = "/estimates/\(id).png"
    private static let run = Layout.run(id, 2)
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A page of a root with a job that is in its second attempt and has a live picture.
    private func withPage(isWorking: Bool = true, _ body: (ServedRoot) throws -> Void) throws {
        try withTemporaryDirectory { root in
            let page = try ServedRoot(root)
            for folder in [Layout.jobs, Layout.job(Self.id), Self.run] {
                try page.files.createFolder(folder)
            }
            try write("first", page)
            try page.writeStatus(waiting: "slow.yaml", running: [Self.id: 2])
            let lock = isWorking ? try page.files.lock() : nil
            try withExtendedLifetime(lock) { try body(page) }
        }
    }

    private func write(_ text: String, _ page: ServedRoot) throws {
        try page.files.replace(
            Self.run / LivePicture.name, with: Self.png + Array(text.utf8))
    }

    @Test func `the picture of a running job is shown under a new address every time`() throws {
        try withPage { page in
            let found = try #require(page.addressOfEstimate)
            #expect(found.hasPrefix(Self.address.dropFirst() + "?"))
            let answer = page.get("/" + found)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("image/png") && answer.contains("no-store"))
            #expect(answer.hasSuffix("first"))
            try write("second", page)
            let next = try #require(page.addressOfEstimate)
            #expect(next != found)
            #expect(page.get("/" + next).hasSuffix("second"))
        }
    }

    @Test func `a new picture is an event`() throws {
        try withPage { page in
            var found: Set<Substring> = []
            _ = RawRequest("/events").answer(from: page.port) { text in
                // In an event slashes and quotation marks are escaped.
                let parts = text.components(separatedBy: "estimates\\/").dropFirst()
                found = Set(parts.filter { $0.contains("\\") }.map { $0.prefix { $0 != "\\" } })
                if found.count == 1 { try? write("next", page) }
                return found.count == 2
            }
            #expect(found.count == 2)
        }
    }

    @Test func `no picture is sent of a job that is not running, or without a daemon`() throws {
        try withPage { page in
            for name in ["20260102-000000-00000d.png", Self.id, "", "x/y.png"] {
                #expect(page.get("/estimates/\(name)").hasPrefix("HTTP/1.1 404"), "\(name)")
            }
            // Another attempt's is old.
            try page.writeStatus(waiting: "slow.yaml", running: [Self.id: 3])
            #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
            #expect(page.addressOfEstimate == nil)
            try page.writeStatus(waiting: "slow.yaml")
            #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
        }
        try withPage(isWorking: false) { page in
            #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
            #expect(page.addressOfEstimate == nil)
        }
    }

    @Test func `links, pipes and what is no small PNG are not sent`() throws {
        try withPage { page in
            let place = Self.run / LivePicture.name
            let path = "\(page.files.rootPath)/\(place)"
            let secret = Self.png + Array("SECRET".utf8)
            try page.files.create(Layout.work / "secret", holding: secret)
            for make in [
                { symlink("\(page.files.rootPath)/.work/secret", path) },
                { symlink("../../../secret", path) }, { mkfifo(path, 0o600) },
            ] {
                try page.files.remove(place)
                #expect(make() == 0)
                #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
                #expect(page.addressOfEstimate == nil)
            }
            try page.files.replace(place, with: Array("SECRET".utf8))
            #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
            let large = Self.png + [UInt8](repeating: 1, count: LivePicture.largest)
            try page.files.replace(place, with: large)
            #expect(page.get(Self.address).hasPrefix("HTTP/1.1 404"))
            #expect(page.addressOfEstimate == nil)
        }
    }
}

extension ServedRoot {
    /// Where the page says that the live picture is; nil when there is none.
    fileprivate var addressOfEstimate: String? {
        let parts = get("/").components(separatedBy: "src=\"")
        let found = parts.first { $0.hasPrefix("estimates/") }
        return found.map { String($0.prefix { $0 != "\"" }) }
    }
}
