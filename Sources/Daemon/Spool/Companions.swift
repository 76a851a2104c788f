/// The files beside a job file that decide what it needs, as they were when they were read: its defaults.
///
/// As long as nothing happens to them, nobody has to read thousands of job files with the same defaults again.
struct Companions: Sendable {
    private var stamps: [SpoolPath: FileStamp?] = [:]
    /// Where they are, or would be.
    var paths: some Sequence<SpoolPath> { stamps.keys }
    /// Whether nothing but the job file decides it.
    var isEmpty: Bool { stamps.isEmpty }
    /// Whether the disk did not give something that is there: that may pass without a trace.
    private(set) var isUncertain = false
    /// How much was read of them.
    private(set) var bytes = 0

    /// Reads such a file; nil for one that is not there, or cannot be read.
    mutating func read(_ path: SpoolPath, from files: any FileSystem) -> [UInt8]? {
        // Before it is read: what happens to it meanwhile is seen the next time.
        let stamp = try? files.stamp(of: path)
        stamps.updateValue(stamp, forKey: path)
        do throws(DaemonError) {
            let content = try files.read(path, limit: Layout.largestJobFile)
            bytes += content.count
            return content
        } catch {
            if error.code != nil, !error.isAboutInput { isUncertain = true }
            return nil
        }
    }

    /// Whether they are as they were.
    func areTheSame(in files: any FileSystem) -> Bool {
        !isUncertain && stamps.allSatisfy { path, stamp in (try? files.stamp(of: path)) == stamp }
    }
}
