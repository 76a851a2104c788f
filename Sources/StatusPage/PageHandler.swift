import Daemon
import FlyingFox
import Foundation

/// Answers requests with what the files of a root say; it changes nothing.
struct PageHandler: HTTPHandler {
    private let files: LinuxFileSystem
    private let address: PageAddress
    private let listeners = ListenerCount()
    private let latest: LatestPage

    init(files: LinuxFileSystem, root: String, address: PageAddress) {
        self.files = files
        self.address = address
        latest = LatestPage {
            // An Outbox that cannot be read is shown as one that is not there.
            let content = try? PageContent(files, root: root)
            return PageText(content ?? PageContent(unreadable: root)).html
        }
    }

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
        case "/": return answer(.ok, "text/html; charset=utf-8", await page())
        case "/page.css": return answer(.ok, "text/css", PageFrame.style)
        case "/page.js": return answer(.ok, "text/javascript", PageFrame.script)
        case "/events": return events()
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

    private func page() async -> String {
        PageFrame.page(await latest.edition(since: .now).html)
    }

    private func events() -> HTTPResponse {
        guard listeners.enter() else {
            return answer(.serviceUnavailable, "text/plain", "too many pages are open\n")
        }
        let events = PageEvents(
            page: latest, seat: ListenerCount.Seat(listeners), pause: .seconds(1))
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
