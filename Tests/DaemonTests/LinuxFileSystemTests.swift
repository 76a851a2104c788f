import Daemon
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite struct LinuxFileSystemTests {
    private let file = SpoolPath.root / "file"

    private func onDisk(_ body: (LinuxFileSystem, String) throws -> Void) throws {
        try withTemporaryDirectory { root in
            try FileManager.default.createDirectory(
                at: root.appending(path: "root"), withIntermediateDirectories: true)
            let path = root.appending(path: "root").path
            try body(LinuxFileSystem(root: path), path)
        }
    }

    @Test func `what is written is read`() throws {
        try onDisk { files, _ in
            let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
            try files.replace(file, with: content)
            try files.replace(file, with: content)
            #expect(try files.read(file, limit: 100_000) == content)
            #expect(try files.names(in: .root) == [FileName("file")])
            let copy = try files.copy(file, to: SpoolPath.root / "copy")
            #expect(copy.digest == (try files.digest(file)))
            #expect(copy.digest.bytes == 100_000)
        }
    }

    @Test func `a digest is the SHA-256`() throws {
        try onDisk { files, _ in
            try files.create(file, holding: Array("abc".utf8))
            let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            #expect(try files.digest(file).sha256 == expected)
        }
    }

    @Test func `what cannot be opened to be synced is no failed sync`() throws {
        try onDisk { files, _ in
            let error = #expect(throws: DaemonError.self) { try files.sync(file) }
            #expect(error?.code == ENOENT)
            #expect(error?.isFailedSync == false)
        }
    }

    @Test func `what is taken is moved or stays, whoever renames its folder meanwhile`() throws {
        try onDisk { files, path in
            for name in ["inbox", "work"] { try files.createFolder(SpoolPath.root / name) }
            let isOver = Mutex(false)
            let restless = Thread {
                while !isOver.withLock({ $0 }) {
                    Glibc.rename("\(path)/inbox", "\(path)/elsewhere")
                    Glibc.rename("\(path)/elsewhere", "\(path)/inbox")
                }
                isOver.withLock { $0 = false }
            }
            restless.start()
            for number in 0..<300 {
                try files.create(SpoolPath.root / "work" / "new", holding: [])
                while Glibc.rename("\(path)/work/new", "\(path)/inbox/a") != 0 {}
                let target = SpoolPath.root / "work" / "\(number)"
                do throws(DaemonError) {
                    try files.take(SpoolPath.root / "inbox" / "a", to: target)
                    #expect(try files.exists(target))
                } catch {
                    #expect(error.code == ENOENT && !error.isFailedSync)
                    #expect(try !files.exists(target))
                    while unlink("\(path)/inbox/a") != 0 {}
                }
            }
            isOver.withLock { $0 = true }
            while isOver.withLock({ $0 }) { usleep(1000) }
        }
    }

    @Test func `no link is followed, wherever it is`() throws {
        try onDisk { files, path in
            try Data("secret".utf8).write(to: URL(filePath: "\(path)/../secret"))
            symlink("../secret", "\(path)/link")
            symlink("..", "\(path)/up")
            #expect(try files.stamp(of: SpoolPath.root / "link")?.kind == .link)
            #expect(throws: DaemonError.self) {
                try files.read(SpoolPath.root / "link", limit: 100)
            }
            #expect(throws: DaemonError.self) {
                try files.read(SpoolPath.root / "up" / "secret", limit: 100)
            }
            #expect(throws: DaemonError.self) {
                try files.copy(SpoolPath.root / "link", to: file)
            }
            try files.removeTree(SpoolPath.root / "up")
            #expect(FileManager.default.fileExists(atPath: "\(path)/../secret"))
        }
    }

    @Test func `a pipe is refused and not waited for`() throws {
        try onDisk { files, path in
            mkfifo("\(path)/pipe", 0o600)
            let error = #expect(throws: DaemonError.self) {
                try files.read(SpoolPath.root / "pipe", limit: 100)
            }
            #expect(error?.reason == .notAFile(.other))
        }
    }

    @Test func `a large file is refused`() throws {
        try onDisk { files, _ in
            try files.create(file, holding: [UInt8](repeating: 1, count: 101))
            let error = #expect(throws: DaemonError.self) { try files.read(file, limit: 100) }
            #expect(error?.reason == .tooLarge(limit: 100))
            let other = #expect(throws: DaemonError.self) { try files.digest(file, limit: 100) }
            #expect(other?.reason == .tooLarge(limit: 100))
            let bytes = try files.digest(file).bytes
            #expect(try files.digest(file, limit: bytes) == files.digest(file))
        }
    }

    @Test func `a rename replaces nothing unless it may`() throws {
        try onDisk { files, _ in
            let other = SpoolPath.root / "other"
            try files.create(file, holding: [1])
            try files.create(other, holding: [2])
            let error = #expect(throws: DaemonError.self) {
                try files.rename(file, to: other, replacing: false)
            }
            #expect(error?.code == EEXIST)
            #expect(try files.read(other, limit: 1) == [2])
        }
    }

    @Test func `a mark of completeness belongs to one content`() throws {
        try onDisk { files, path in
            try files.create(file, holding: [1])
            // Where the file system has no such attributes, nothing is marked.
            guard try files.markComplete(file) else { return }
            #expect(try files.isMarkedComplete(file))
            let handle = try #require(FileHandle(forWritingAtPath: "\(path)/file"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data([2]))
            #expect(try !files.isMarkedComplete(file))
        }
    }

    @Test func `one daemon has the lock`() throws {
        try onDisk { files, path in
            #expect(try !files.isLocked())
            let lock = try files.lock()
            #expect(try LinuxFileSystem(root: path).isLocked())
            let error = #expect(throws: DaemonError.self) {
                try LinuxFileSystem(root: path).lock()
            }
            #expect(error?.reason == .locked)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `who looks for a daemon keeps none from starting, however long`() throws {
        try onDisk { files, path in
            do { withExtendedLifetime(try files.lock()) {} }
            var info = stat()
            #expect(stat("\(path)/.work/lock", &info) == 0 && info.st_mode & 0o077 == 0)
            let sign = Glibc.open("\(path)/.work/alive", O_RDONLY | O_CLOEXEC)
            defer { close(sign) }
            #expect(sign >= 0 && flock(sign, LOCK_SH) == 0)
            let lock = try files.lock()
            #expect(!lock.showsItself())
            #expect(flock(sign, LOCK_UN) == 0)
            #expect(lock.showsItself())
            #expect(try files.isLocked())
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a link in the place of a folder is a mistake of the set-up`() throws {
        try onDisk { files, path in
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/.work", withDestinationPath: "/tmp")
            let error = #expect(throws: DaemonError.self) { try files.lock() }
            let reason = DaemonError.Reason.setup("it is a symbolic link, and must be a folder")
            #expect(error?.reason == reason)
        }
    }
}
