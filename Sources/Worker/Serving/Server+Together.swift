import Jobs
import Pipeline
import Tensors

extension Server {
    /// Solves several jobs, and answers each under its own number.
    ///
    /// - Throws: `StreamError` when the daemon can be reached no more.
    mutating func solve(_ requests: [WorkerRequest.Solve]) throws {
        var desks: [SharedDesk] = []
        for request in requests {
            let desk = SharedDesk(
                request, among: requests.count, events: events, now: now)
            do {
                desk.order = try JobOrder(request)
                desks.append(desk)
            } catch {
                try desk.fail(error)
            }
        }
        let orders = desks.compactMap(\.order)
        guard let first = orders.first else { return }
        do {
            try TorchProcess.useThreads(first.threads)
        } catch {
            for desk in desks { try desk.fail(error) }
            return
        }
        for desk in desks { desk.begin() }
        try restorer.restore(orders) { index, news in try desks[index].hear(news) }
    }
}
