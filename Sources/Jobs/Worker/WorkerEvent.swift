/// What a worker tells the daemon, one JSON line each; see `Docs/worker-protocol.md`.
package enum WorkerEvent: Equatable, Sendable {
    /// The worker is up and waits for its first request.
    case ready(Ready)
    /// The answer to a probe.
    case probed(Probed)
    /// The job is read and its model is loaded.
    case started(Started)
    case progress(Progress)
    /// Lines for the log of one of several jobs that are solved together.
    case log(Log)
    /// All results are written, closed and read back.
    case finished(Finished)
    /// The job could not be solved.
    case failed(Failed)

    package struct Ready: Codable, Equatable, Sendable {
        /// The version of the protocol; this one is 1.
        package var `protocol`: Int
        package var software: String

        package init(protocol version: Int = 1, software: String) {
            self.protocol = version
            self.software = software
        }
    }

    package struct Probed: Codable, Equatable, Sendable {
        /// A picture that does not decode to its end.
        package struct Bad: Equatable, Sendable {
            /// What is to be done about it.
            package enum Fault: String, Codable, Sendable, CaseIterable {
                /// It has to be replaced.
                case damaged
                /// It ends too early; more of it may come.
                case truncated
                /// The system does not let it be read now; nothing is known about it.
                case unreachable
            }

            package var picture: String
            package var reason: String
            package var fault: Fault

            package init(picture: String, reason: String, fault: Fault = .damaged) {
                self.picture = picture
                self.reason = reason
                self.fault = fault
            }
        }

        package var request: Int
        package var bad: [Bad]

        package init(request: Int, bad: [Bad]) {
            self.request = request
            self.bad = bad
        }
    }

    package struct Started: Codable, Equatable, Sendable {
        package var request: Int
        package var pictures: Int

        package init(request: Int, pictures: Int) {
            self.request = request
            self.pictures = pictures
        }
    }

    package struct Log: Codable, Equatable, Sendable {
        package var request: Int
        package var lines: [String]

        package init(request: Int, lines: [String]) {
            self.request = request
            self.lines = lines
        }
    }

    package struct Finished: Codable, Equatable, Sendable {
        /// One file beneath the output folder.
        package struct File: Codable, Equatable, Sendable {
            package var path: String
            package var bytes: Int
            /// Of the whole content, in lower-case hexadecimal digits.
            package var sha256: String

            package init(path: String, bytes: Int, sha256: String) {
                self.path = path
                self.bytes = bytes
                self.sha256 = sha256
            }
        }

        package var request: Int
        /// The model that is now warm.
        package var model: String?
        /// Every file in the output folder.
        package var files: [File]

        package init(request: Int, model: String?, files: [File]) {
            self.request = request
            self.model = model
            self.files = files
        }
    }

    package struct Failed: Codable, Equatable, Sendable {
        package var request: Int
        package var failure: JobFailure

        package init(request: Int, failure: JobFailure) {
            self.request = request
            self.failure = failure
        }
    }

    /// The request that the event is about; nil for `ready`.
    package var request: Int? {
        switch self {
        case .ready: nil
        case .probed(let event): event.request
        case .started(let event): event.request
        case .progress(let event): event.request
        case .log(let event): event.request
        case .finished(let event): event.request
        case .failed(let event): event.request
        }
    }
}
