import Daemon
import FlyingFox
import Foundation

/// Answers requests with what the files of a root say; it changes nothing.
struct PageHandler: HTTPHandler {
    let files: LinuxFileSystem
    let root: String
    let address: PageAddress
    let listeners: ListenerCount

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let response = await response(to: request)
        return request.method == .HEAD ? Self.head(of: response) : response
    }

    private func response(to request: HTTPRequest) async -> HTTPResponse {
        guard address.accepts(host: request.headers[.host]) else {
            return answer(.forbidden, "text/plain", "ask for localhost\n")
        }
        guard [.GET, .HEAD].contains(request.method) else {
            var response = answer(.methodNotAllowed, "text/plain", "only GET and HEAD\n")
            response.headers[HTTPHeader("Allow")] = "GET, HEAD"
            return response
        }
        switch request.path {
        case "/": return answer(.ok, "text/html; charset=utf-8", page())
        case "/page.css": return answer(.ok, "text/css", PageFrame.style)
        case "/page.js": return answer(.ok, "text/javascript", PageFrame.script)
        case "/events": return await events()
        default: return file(request.path)
        }
    }

    /// What is said of a response before its body, and no body.
    private static func head(of response: HTTPResponse) -> HTTPResponse {
        guard case .httpBody(let body) = response.payload else { return response }
        var headers = response.headers
        headers[.contentLength] = body.count.map(String.init)
        return HTTPResponse(statusCode: response.statusCode, headers: headers)
    }

    private func page() -> String { PageFrame.page(PageText(content)) }

    /// An Outbox that cannot be read is shown as one that is not there.
    private var content: PageContent {
        (try? PageContent(files, root: root)) ?? PageContent(unreadable: root)
    }

    private func events() async -> HTTPResponse {
        guard listeners.enter() else {
            return answer(.serviceUnavailable, "text/plain", "too many pages are open\n")
        }
        let seat = ListenerCount.Seat(listeners)
        let events = PageEvents(
            html: { [self] in
                withExtendedLifetime(seat) { PageText(content).html }
            }, pause: .seconds(1))
        return HTTPResponse(
            statusCode: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .connection: "close",
            ], body: HTTPBodySequence(from: events))
    }

    private func file(_ path: String) -> HTTPResponse {
        // The library has decoded it: a name may have a percent sign of its own.
        let parts = path.split(separator: "/").map(String.init)
        if parts.count == 2, parts[0] == "estimates",
            let picture = RunningPicture(parts[1], files)?.content
        {
            return answer(.ok, "image/png", Data(picture))
        }
        guard parts.first == "results", let file = ResultFile(Array(parts.dropFirst()), files)
        else { return answer(.notFound, "text/plain", "there is no such page\n") }
        var response = answer(.ok, file.type, Data(file.content))
        if file.type.hasPrefix("text/html") {
            // A report has its own script and pictures, and none of this page's rights.
            response.headers[HTTPHeader("Content-Security-Policy")] =
                "sandbox allow-scripts; default-src 'none'; img-src data:; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        }
        return response
    }

    private func answer(_ code: HTTPStatusCode, _ type: String, _ text: String) -> HTTPResponse {
        answer(code, type, Data(text.utf8))
    }

    private func answer(_ code: HTTPStatusCode, _ type: String, _ body: Data) -> HTTPResponse {
        HTTPResponse(
            statusCode: code,
            headers: [
                .contentType: type, .cacheControl: "no-store",
                HTTPHeader("X-Content-Type-Options"): "nosniff",
                HTTPHeader("Content-Security-Policy"):
                    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
                    + "connect-src 'self'; frame-ancestors 'none'",
            ], body: body)
    }
}
