import FlyingSocks
import Glibc

/// A connection to the page, found among the descriptors of this process.
struct OpenConnection: Hashable {
    private let number: Int32
    /// The socket's own number, since descriptors get theirs again.
    private let inode: UInt

    /// Nil when `number` is anything else.
    init?(_ number: Int32, to place: PageAddress) {
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
            // What has no name is none of the page's.
            let name = try? Socket(file: .init(rawValue: number)).sockname(),
            PageAddress(name) == place, !Self.isListening(number)
        else { return nil }
        self.number = number
        inode = status.st_ino
    }

    /// How many bytes have come that nobody has read.
    var unread: Int {
        var count: Int32 = 0
        return ioctl(number, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// Ends it for both sides; whoever reads or writes here notices.
    func end() {
        shutdown(number, Int32(SHUT_RDWR))
        // What has come before would still be read.
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
    }

    private static func isListening(_ number: Int32) -> Bool {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value != 0
    }
}
