package import Jobs

/// Some of the pictures of a submission.
package struct ProbeSlice: Equatable, Sendable {
    package let request: ProbeRequest
    /// The pictures as paths below the Inbox, in the form of `PathText`.
    package let paths: [String]
    /// What is known of the slices before.
    package let bad: [WorkerEvent.Probed.Bad]
    /// Whether these are the last pictures of the submission.
    package let isLast: Bool

    /// What is known of the submission after `answer`; nil when more is to come.
    package func whole(_ answer: ProbeAnswer) -> ProbeAnswer? {
        guard case .bad(let found) = answer else { return answer }
        return isLast ? .bad(bad + found) : nil
    }
}

extension ProbeRequest {
    /// So many pictures, and so many bytes of them, are decoded at a time.
    private static let most = (pictures: 16, bytes: 32 << 20)

    /// The pictures as paths below the Inbox, in parts that do not take long; each part has one.
    var slices: [[String]] {
        let sorted = pictures.map { path, stamp in
            (path: Self.text(of: path), bytes: min(stamp.bytes, Self.most.bytes))
        }
        .sorted { $0.path < $1.path }
        var slices: [[String]] = [[]]
        var bytes = 0
        for picture in sorted {
            let count = slices[slices.count - 1].count
            let isFull = count >= Self.most.pictures || bytes + picture.bytes > Self.most.bytes
            if isFull, count > 0 {
                slices.append([])
                bytes = 0
            }
            slices[slices.count - 1].append(picture.path)
            bytes += picture.bytes
        }
        return slices
    }
}
