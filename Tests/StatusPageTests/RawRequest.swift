/// One request over a connection of its own, byte by byte as a test wants it.
struct RawRequest {
    let text: String

    init(_ path: String, method: String = "GET", host: String = "localhost") {
        text = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
    }

    /// What comes back until the connection ends, or until `isEnough`.
    func answer(from port: UInt16, isEnough: (String) -> Bool = { _ in false }) -> String {
        guard let connection = RawConnection(to: port) else { return "no connection" }
        guard connection.send(Array(text.utf8)) else { return "not sent" }
        var received: [UInt8] = []
        while true {
            let bytes = connection.receive()
            received += bytes
            let text = String(decoding: received, as: UTF8.self)
            if bytes.isEmpty || isEnough(text) { return text }
        }
    }
}
