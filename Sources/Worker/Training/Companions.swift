import Foundation
package import Tensors

/// The processes that share a training with this one.
package final class Companions {
    package let place: ProcessPlace
    /// Those that this process has started; none when somebody else did.
    private var children: [Process] = []

    /// The companions that the environment gives, or `count` − 1 that are started when `summon` is
    /// called; nil when this process is to be alone.
    package init?(count: Int, environment value: (String) -> String?) {
        if let place = ProcessPlace(environment: value) {
            self.place = place
        } else if count > 1 {
            place = ProcessPlace(
                rank: 0, size: count, localRank: 0, isLocal: true,
                meeting: "processes-\(getpid())-\(UInt32.random(in: 0 ... .max))")
            isSummoning = true
        } else {
            return nil
        }
    }

    private var isSummoning = false

    /// The GPU of this process where there are several, or `device` itself.
    ///
    /// - Throws: `TorchError` when the driver fails.
    package func device(_ device: Device) throws(TorchError) -> Device {
        guard case .cuda = device else { return device }
        return .cuda(place.localRank % max(try Device.cudaCount(), 1))
    }

    /// Starts those that are to be started, as this program with its own arguments, and meets all
    /// of them in `folder`.
    ///
    /// - Throws: `TorchError` when they do not come, or why they could not be started.
    package func summon(in folder: String) throws -> ProcessGroup {
        do {
            if isSummoning { try start() }
            return try ProcessGroup(
                meetingIn: "\(folder)/\(place.meeting)", isLocal: place.isLocal,
                rank: place.rank, size: place.size)
        } catch {
            part(in: folder, isEnding: true)
            throw error
        }
    }

    /// Waits for those that were started, after ending them when `isEnding`, and takes the meeting
    /// away.
    package func part(in folder: String, isEnding: Bool) {
        for child in children {
            // They have nothing to lose: process 0 writes all files.
            if isEnding, child.isRunning { kill(child.processIdentifier, SIGKILL) }
            child.waitUntilExit()
        }
        guard place.rank == 0 else { return }
        // What is left there does no harm.
        try? FileManager.default.removeItem(atPath: "\(folder)/\(place.meeting)")
    }

    private func start() throws {
        for rank in 1..<place.size {
            let child = Process()
            child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            child.arguments = Array(CommandLine.arguments.dropFirst())
            var environment = ProcessInfo.processInfo.environment
            environment[ProcessPlace.variable] = place.assignment(for: rank)
            child.environment = environment
            child.standardOutput = FileHandle.nullDevice
            try child.run()
            children.append(child)
        }
    }
}
