import FlyingFox
import FlyingSocks
import Glibc

/// Where the page is: on this machine only.
package enum PageAddress: Equatable, Sendable {
    /// A port of the loopback interface; 0 is any that is free.
    case port(UInt16)
    /// A Unix socket; who may use it is a matter of its folder.
    case socket(String)

    /// How many bytes the path of a Unix socket may have: the kernel's limit, less a zero byte.
    package static let longestPath = 107
}

extension PageAddress: CustomStringConvertible {
    /// The address for people.
    package var description: String {
        switch self {
        case .port(let port): "http://localhost:\(port)/"
        case .socket(let path): path
        }
    }
}

extension PageAddress {
    /// The place that a socket has; nil where no page can be.
    init?(_ place: Socket.Address) {
        switch place {
        case .ip4(_, let port): self = .port(port)
        case .unix(let path): self = .socket(path)
        case .ip6: return nil
        }
    }

    func server(_ handler: some HTTPHandler) throws -> HTTPServer {
        switch self {
        case .port(let port):
            HTTPServer(
                address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), logger: .disabled,
                handler: handler)
        case .socket(let path):
            HTTPServer(address: sockaddr_un.unix(path: path), logger: .disabled, handler: handler)
        }
    }

    /// Whether a browser may have been sent here under another name by a page of somebody else.
    func accepts(host: String?) -> Bool {
        guard case .port = self else { return true }
        guard let host else { return false }
        let name = host.hasPrefix("[") ? host : host.split(separator: ":").first.map(String.init)
        return ["localhost", "127.0.0.1"].contains(name?.lowercased())
    }
}
