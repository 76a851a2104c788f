import Daemon
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ServiceSocketTests {
    private func socket(_ variables: [String: String]) -> ServiceSocket? {
        ServiceSocket(environment: { variables[$0] }, pid: 7)
    }

    @Test func `without a service manager nothing is told`() {
        #expect(socket([:]) == nil)
        #expect(socket(["NOTIFY_SOCKET": ""]) == nil)
        #expect(socket(["NOTIFY_SOCKET": "vsock:2:1"]) == nil)
    }

    @Test func `signs of life are given when they are expected of this process`() {
        let address = ["NOTIFY_SOCKET": "/s"]
        func watchdog(_ more: [String: String]) -> Duration? {
            socket(address.merging(more) { $1 })?.watchdog
        }
        #expect(watchdog([:]) == nil)
        #expect(watchdog(["WATCHDOG_USEC": "0"]) == nil)
        #expect(watchdog(["WATCHDOG_USEC": "3000000"]) == .seconds(3))
        #expect(watchdog(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"]) == .seconds(3))
        #expect(watchdog(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"]) == nil)
    }

    @Test func `a path and an abstract name are both reached`() throws {
        try withTemporaryDirectory { folder in
            for address in [folder.appending(path: "s").path, "@sluice-\(UUID().uuidString)"] {
                let manager = try FakeSupervisor(at: address)
                try #require(socket(["NOTIFY_SOCKET": address])).send(["READY=1", "STATUS=a b"])
                #expect(manager.assignments() == ["READY=1", "STATUS=a b"])
            }
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\0"])
    func `nothing in an assignment begins another`(_ end: String) throws {
        let address = "@sluice-\(UUID().uuidString)"
        let manager = try FakeSupervisor(at: address)
        let text = "STATUS=a\(end)WATCHDOG=trigger"
        try #require(socket(["NOTIFY_SOCKET": address])).send([text, "READY=1"])
        let blank = String(repeating: " ", count: end.unicodeScalars.count)
        #expect(manager.assignments() == ["STATUS=a\(blank)WATCHDOG=trigger", "READY=1"])
    }

    @Test func `a socket that is not there is an error that names it`() throws {
        let none = try #require(socket(["NOTIFY_SOCKET": "/nowhere/s"]))
        let error = #expect(throws: DaemonError.self) { try none.send(["READY=1"]) }
        #expect(error?.description.contains("/nowhere/s") == true)
    }

    @Test func `the daemon tells when it is ready, what it does, that it lives and that it ends`()
        throws
    {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            let address = root.appending(path: "notify").path
            let manager = try FakeSupervisor(at: address)
            try SampleJobs.submit("job", fake: "sleep 1500", to: root)
            try daemon.start(
                environment: ["NOTIFY_SOCKET": address, "WATCHDOG_USEC": "400000"])
            var told: [String] = []
            daemon.wait {
                told += manager.assignments()
                return daemon.results.count == 1 && told.contains("STATUS=1 finished")
            }
            #expect(told.filter { $0 == "READY=1" }.count == 1)
            let ready = try #require(told.firstIndex(of: "READY=1"))
            #expect(told.firstIndex(of: "WATCHDOG=1").map { $0 > ready } == true)
            #expect(told.filter { $0 == "WATCHDOG=1" }.count >= 4)
            #expect(told.contains("STATUS=1 running"))
            #expect(!told.contains("STOPPING=1"))
            #expect(daemon.kill(with: SIGTERM) == 0)
            let last = manager.assignments()
            #expect(last.contains("STOPPING=1"))
            #expect(last.contains("EXTEND_TIMEOUT_USEC=60000000"))
        }
    }

    @Test func `a service manager that went away does not hurt`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", to: root)
            try daemon.start(environment: ["NOTIFY_SOCKET": "/nowhere/s"])
            daemon.wait { daemon.results.count == 1 }
            #expect(daemon.kill(with: SIGTERM) == 0)
        }
    }
}
