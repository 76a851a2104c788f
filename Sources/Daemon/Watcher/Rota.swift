import Jobs

/// Bounds the work of one look at the Inbox, and knows when all that waits there has been looked at.
///
/// A job file of some bytes can name a thousand pictures by its `defaults`, and thousands of those may wait.
/// Were all of it looked at every time, whatever else the daemon does would stand still for so long. What is
/// small has turns of its own, so that nothing large holds it up.
package struct Rota: Sendable {
    /// What there is to do for a submission.
    private enum Work: Int, CaseIterable {
        case readingSmall, readingLarge, searchingSmall, searchingLarge

        var isReading: Bool { self == .readingSmall || self == .readingLarge }
    }

    /// What it may cost to read job files in one look.
    let mostReading: Int
    /// Whose turn it is, for each kind of work.
    private var turns: [Turns]
    /// What each kind of reading must have ended for this round of the whole to be over; nil between rounds.
    private var readingAims: [Int]?
    /// The same of each kind of search; nil until all is read, since what is read late has its turn after that.
    private var searchAims: [Int]?
    /// Who had the last turn in which files were looked for, and with which.
    private var searcher: (name: FileName, work: Work)?
    /// How many rounds of the whole have begun.
    private(set) var begun = 0
    /// How many of them are over.
    private(set) var ended = 0

    /// A job file of so many bytes is small.
    private static let page = 4096
    /// A job of so many files is small.
    private static let handful = 16
    /// So many bytes of a job file take as long to read as a file takes to be looked for.
    private static let bytesPerFile = 64

    /// Each number is what may be done in one look, in files that are looked for, which take some 10 µs each.
    package init(reading: Int = 20_000, small: Int = 40_000, large: Int = 20_000) {
        mostReading = reading
        turns = [reading, reading, small, large].map(Turns.init)
    }

    /// The first round of which every look is still to come.
    var next: Int { begun + 1 }

    /// Whether something has not had its turn yet.
    var isUnfinished: Bool { begun > ended }

    /// Begins a look.
    ///
    /// - Returns: whether a round of the whole begins with it.
    mutating func begin() -> Bool {
        searcher = nil
        let isFirst = readingAims == nil
        if isFirst {
            readingAims = reading.map(\.next)
            begun += 1
        }
        for index in turns.indices { turns[index].begin() }
        return isFirst
    }

    /// Whether the job file of `name` may be read.
    mutating func mayRead(_ name: FileName, bytes: Int) -> Bool {
        takes(Self.reading(bytes), name)
    }

    /// Adds what it has cost to read a job file of so many bytes, of which so many were to be had.
    mutating func noteReading(bytes: Int, read: Int, of needs: JobNeeds?) {
        spend(Self.readingCost(bytes: read, of: needs), on: Self.reading(bytes))
    }

    private static func reading(_ bytes: Int) -> Work {
        bytes <= page ? .readingSmall : .readingLarge
    }

    static func readingCost(bytes: Int, of needs: JobNeeds?) -> Int {
        2 + bytes / bytesPerFile + (needs?.files.count ?? 0)
    }

    /// Whether the files of a job, `others` beside those that it names, may be looked for; what it names is counted,
    /// what fits its patterns is not.
    mutating func maySearch(
        for needs: JobNeeds, of name: FileName, beside others: Int = 0
    ) -> Bool {
        let isSmall =
            needs.patterns.isEmpty && needs.files.count.addingLimited(others) <= Self.handful
        let work = isSmall ? Work.searchingSmall : .searchingLarge
        guard takes(work, name) else { return false }
        searcher = (name, work)
        spend(1 + needs.files.count, on: work)
        return true
    }

    /// Whether it is the turn of `name` to have its files looked for.
    func isSearching(_ name: FileName) -> Bool { searcher?.name == name }

    /// Adds files of a folder that were opened, to what the turn of its submission has cost.
    mutating func noteWalk(of files: Int) {
        if let searcher { spend(files, on: searcher.work) }
    }

    /// Adds names that were looked through for a pattern.
    mutating func noteListing(of names: Int) { spend(names, on: .searchingLarge) }

    private mutating func takes(_ work: Work, _ name: FileName) -> Bool {
        turns[work.rawValue].takes(name)
    }

    private mutating func spend(_ cost: Int, on work: Work) {
        turns[work.rawValue].spend(cost)
    }

    /// Ends a look.
    ///
    /// - Returns: whether a round of the whole is over.
    mutating func end() -> Bool {
        for index in turns.indices { turns[index].end() }
        guard let readingAims, Self.haveEnded(reading, readingAims) else { return false }
        let aims = searchAims ?? searching.map(\.whole)
        searchAims = aims
        guard Self.haveEnded(searching, aims) else { return false }
        (self.readingAims, searchAims) = (nil, nil)
        ended = begun
        return true
    }

    private var reading: [Turns] {
        Work.allCases.filter(\.isReading).map { turns[$0.rawValue] }
    }

    private var searching: [Turns] {
        Work.allCases.filter { !$0.isReading }.map { turns[$0.rawValue] }
    }

    private static func haveEnded(_ turns: [Turns], _ aims: [Int]) -> Bool {
        zip(turns, aims).allSatisfy { $0.ended >= $1 }
    }
}
