import Glibc
import Jobs

/// The workers that are kept warm; there are never more of them than slots.
///
/// One that has solved a job has a model loaded, and is worth more than one that has only decoded
/// pictures.
extension LocalExecutor {
    /// The worker that is asked next; nil when a new one is to be started.
    func takeIdle(for request: WorkerRequest) -> Worker? {
        var isProbe = false
        if case .probe = request { isProbe = true }
        let best = idle.lastIndex { $0.hasSolved != isProbe } ?? idle.indices.last
        return best.map { idle.remove(at: $0) }
    }

    /// Keeps a worker warm that did well.
    func release(_ worker: Worker, isFit: Bool) {
        guard isFit, !worker.isWorn(after: settings.jobsPerWorker), !isStopping else {
            return worker.process.signal(SIGKILL)
        }
        idle.append(worker)
        guard idle.count > slots else { return }
        let least = idle.lastIndex { !$0.hasSolved } ?? idle.startIndex
        idle.remove(at: least).process.signal(SIGKILL)
    }
}
